"""Questions to take to the doctor: by condition, by medicine, or for any visit."""

from bot.library.models import MOST_QUESTIONS, Condition, Medicine, Topic
from bot.pages import shelves
from bot.pages.kept import kept
from bot.pages.lists import way_back
from bot.pages.page import Button, Go, Page, Place, View
from bot.pages.text import bold, escape, italic, paragraphs

FEWEST = 5


@kept
def menu(view: View) -> Page:
    """``/visit``: which list."""
    labels = view.edition.phrases.buttons
    rows = (
        (Button(view.edition.phrases.visits.general, Go(Place.QUESTIONS)),),
        (Button(labels.conditions, Go(Place.CONDITIONS)),),
        (Button(labels.medicines, Go(Place.MEDICINES)),),
        way_back(view, None),
    )
    return Page(escape(view.edition.phrases.visits.menu), rows)


def questions_for(topic: Topic) -> Go:
    """The address of the questions about ``topic``."""
    return Go(Place.QUESTIONS, topic.id)


def questions(view: View, go: Go) -> Page:
    """Five to eight questions, and a button that sends them as plain text."""
    topic = _topic(view, go)
    text = [bold(_title(view, topic)), escape(_numbered(view, topic))]
    text.append(italic(view.edition.phrases.disclaimer))
    back = shelves.card(topic, go.via) if topic else Go(Place.VISITS)
    send = Button(view.edition.phrases.buttons.send_questions, Go(Place.PLAIN_QUESTIONS, go.ref))
    return Page(paragraphs(text), ((send,), way_back(view, back)), topic.id if topic else "")


def plain_questions(view: View, go: Go) -> Page:
    """The same questions as a message of their own, without buttons, to copy or to hand on."""
    topic = _topic(view, go)
    return Page(escape(_title(view, topic) + "\n\n" + _numbered(view, topic)))


def chosen(view: View, topic: Topic | None) -> tuple[str, ...]:
    """The questions for ``topic``: its own first, then those of its kind."""
    visit = view.edition.visit
    if isinstance(topic, Medicine):
        own, general = visit.families.get(topic.family, ()), visit.medicine
    elif isinstance(topic, Condition):
        own, general = visit.conditions.get(topic.id, ()), visit.condition
    else:
        own, general = (), visit.general
    return tuple(dict.fromkeys([*own, *general]))[:MOST_QUESTIONS]


def _topic(view: View, go: Go) -> Topic | None:
    return view.edition.topics[go.ref] if go.ref else None


def _title(view: View, topic: Topic | None) -> str:
    phrases = view.edition.phrases.visits
    return phrases.title.format(name=topic.title if topic else phrases.general.lower())


def _numbered(view: View, topic: Topic | None) -> str:
    name = topic.title if topic else ""
    asked = (question.format(name=name) for question in chosen(view, topic))
    return "\n".join(f"{number}. {question}" for number, question in enumerate(asked, 1))
