"""What copy may not claim or advise, and the forms in which the same words are right."""

import pytest

from bot.library.rules.bans import (
    ADVICE,
    CLAIM,
    DOSE,
    MEDICATION,
    OWN_MEDICINE,
    WITH_A_PLAN,
    Ban,
)
from bot.library.rules.wording import FREQUENCY_WORD

REFUSED: list[tuple[Ban, str]] = [
    (DOSE, "Take 5 mg in the morning."),
    (DOSE, "Take two tablets."),
    (DOSE, "Inject 40mg under the skin."),
    (DOSE, "It is 10 to 15 ml."),
    (DOSE, "A dose of 7.5 mg a week."),
    (DOSE, "1,000 IU is usual."),
    (DOSE, "Take one injection more."),
    (DOSE, "Take half a tablet."),
    (DOSE, "Take a tablet with food."),
    (DOSE, "Swallow ten capsules a day."),
    (DOSE, "20 milligrammes a day."),
    (DOSE, "2 sachets or 3 sprays."),
    (DOSE, "One teaspoonful."),
    (DOSE, "Use one pen."),
    (ADVICE, "Stop taking it if you feel ill."),
    (ADVICE, "If you feel ill, stop your medicine."),
    (ADVICE, "You can skip a dose."),
    (ADVICE, "You should double the next dose."),
    (ADVICE, "Please switch to another brand."),
    (ADVICE, "You may start taking it again."),
    (ADVICE, "It is fine to pause treatment."),
    (ADVICE, "If you feel ill, you should stop."),
    (ADVICE, "You can switch to a biosimilar."),
    (ADVICE, "Quit your medicine."),
    (ADVICE, "Come off the medicine slowly."),
    (ADVICE, "Reduce the dose."),
    (ADVICE, "Increase your dose and call later."),
    (ADVICE, "Miss a dose now and then."),
    (ADVICE, "Take a double dose."),
    (ADVICE, "Take twice as much."),
    (ADVICE, "Do not take the next dose."),
    (ADVICE, "Don't take it."),
    (CLAIM, "It is safe in pregnancy."),
    (CLAIM, "This is the best medicine for it."),
    (CLAIM, "A miracle for many."),
    (CLAIM, "It cures the illness."),
    (CLAIM, "It can cure you."),
    (CLAIM, "You can safely use it."),
    (MEDICATION, "Ask about this medication."),
    (OWN_MEDICINE, "Use your adrenaline pen at once."),
    (OWN_MEDICINE, "Use your own emergency medicine as your plan says."),
    (OWN_MEDICINE, "Take your HAE rescue medicine."),
    (WITH_A_PLAN, "Use an adrenaline pen."),
    (WITH_A_PLAN, "Take your rescue medicine."),
]

PERMITTED: list[tuple[Ban, str]] = [
    (DOSE, "It is taken once a week, not every day."),
    (DOSE, "Up to 1 in 10 people have it."),
    (DOSE, "In one study, 15 of 18 people had no more attacks."),
    (DOSE, "Missed a dose? Call your team."),
    (ADVICE, "Never stop a medicine without your doctor."),
    (ADVICE, "Do not stop on your own."),
    (ADVICE, "Do not double the next dose."),
    (ADVICE, "Don't skip a dose without asking."),
    (ADVICE, "Your doctor may stop your medicine."),
    (ADVICE, "Take care not to skip a dose."),
    (ADVICE, "Never just stop treatment."),
    (ADVICE, "Ask before you stop any medicine."),
    (ADVICE, "Ask, if you stop the treatment, what comes next."),
    (ADVICE, "Ask how to start a treatment."),
    (ADVICE, "Ask whether to pause the medicine before surgery."),
    (ADVICE, "They help to slow or stop the growth of cancer cells."),
    (ADVICE, "Bleeding that does not stop is an emergency."),
    (ADVICE, "I can't tell you if you should stop, pause or change it."),
    (ADVICE, "Never stop a medicine or change its dose without them."),
    (ADVICE, "Don't take a double dose to make up for it."),
    (ADVICE, "Take it with a meal, as the leaflet says."),
    (CLAIM, "There is no cure."),
    (CLAIM, "What fits stands there, best first."),
    (CLAIM, "They do not cure MS or HAE."),
    (CLAIM, "It can help, but it is no cure."),
    (CLAIM, "This does not mean that it is safe."),
    (CLAIM, "It cannot be cured."),
    (CLAIM, "It is not safe in pregnancy."),
    (MEDICATION, "Ask about this medicine."),
    (OWN_MEDICINE, "Do you carry an adrenaline pen? Follow your plan for it."),
    (WITH_A_PLAN, "Use your own emergency medicine as your plan says."),
    (WITH_A_PLAN, "Use your own HAE rescue medicine as your plan says, and call."),
]


@pytest.mark.parametrize(("ban", "text"), REFUSED)
def test_this_is_refused(ban: Ban, text: str) -> None:
    assert list(ban.found(text)), text


@pytest.mark.parametrize(("ban", "text"), PERMITTED)
def test_this_is_permitted(ban: Ban, text: str) -> None:
    assert not list(ban.found(text)), text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Headache is common.", True),
        ("Common side effects are nausea and rash.", True),
        ("It is very rare.", True),
        ("It rarely happens.", True),
        ("PML, a rare brain infection, was reported.", False),
        ("The common cold.", False),
    ],
)
def test_how_often_is_a_number_s_business(text: str, found: bool) -> None:
    assert bool(FREQUENCY_WORD.search(text)) is found


def test_every_permitted_form_is_needed_by_an_example() -> None:
    """A form that no example needs would be a hole that nobody looks after."""
    for ban in (DOSE, ADVICE, CLAIM, WITH_A_PLAN):
        examples = [text for other, text in PERMITTED if other is ban]
        for form in ban.permitted:
            without = Ban(ban.message, ban.refused, tuple(f for f in ban.permitted if f != form))
            assert any(list(without.found(text)) for text in examples), form.pattern
