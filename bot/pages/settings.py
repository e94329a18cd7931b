"""``/settings``: what the admins of a group can choose. Changes are described in changing.py."""

from collections.abc import Callable

from bot.library.settings_phrases import Choice
from bot.pages import weekly
from bot.pages.group import ABOUT, CLOSE, MAIN, NEW, SET, Group, back
from bot.pages.helplines import name_of
from bot.pages.lists import counted, pairs, part_of, turns, way_back
from bot.pages.numbers import countries_by_name
from bot.pages.page import Button, Go, Page, Row, View
from bot.pages.text import bold, escape, link, paragraphs
from bot.settings import GENERAL, Privately, Replies

BUDGET = "budget"
THREADS = "threads"
COUNTRY = "country"
ALL = "all"
NOT = "not"  # before a thread that is to be taken out: a press that is taken twice does no more
Value = str | int | bool
VALUES: dict[Choice, tuple[Value, ...]] = {
    Choice.REPLIES: tuple(Replies),
    Choice.PRIVATELY: tuple(Privately),
    Choice.COOLDOWN: (5, 15, 30, 60, 180, 720, 1440),
    Choice.MOST_REPLIES: (1, 2, 3, 4, 6, 8, 12, 20),
    Choice.MOST_TO_ONE: (1, 2, 3, 4, 6),
    Choice.MOST_COMMANDS: (2, 3, 5, 10, 20),
    Choice.DELETE_AFTER: (0, 5, 15, 60, 360, 1440),
    Choice.STATISTICS: (False, True),
}
IN_BUDGET = (Choice.COOLDOWN, Choice.MOST_REPLIES, Choice.MOST_TO_ONE, Choice.MOST_COMMANDS)
IN_MINUTES = (Choice.COOLDOWN, Choice.DELETE_AFTER)


def main(view: View, group: Group, said: str = "") -> Page:
    """The first page: each setting with its value. ``said`` (plain) is the line that confirms."""
    phrases = view.edition.phrases.settings
    title = phrases.title_of.format(name=group.title) if group.title else phrases.title
    silent = group.settings.replies is not Replies.OFF and not group.reads
    hint = phrases.cannot_read if silent else ""
    text = paragraphs([bold(title), escape(said), escape(hint), escape(phrases.about)])
    return Page(text, (*((button,) for button in _settings(view, group)), _ways_out(view, group)))


def _settings(view: View, group: Group) -> list[Button]:
    """A button for each setting."""
    phrases = view.edition.phrases.settings
    cooldown = shown(view, group, Choice.COOLDOWN)
    country = name_of(view, group.country) if group.country else phrases.country.none
    when = weekly.shown(view, group)
    threads = phrases.threads.button.format(value=small(_in_threads(view, group)))
    in_forum = group.thread is not None or group.settings.threads
    return [
        _choice_button(view, group, Choice.REPLIES),
        _choice_button(view, group, Choice.PRIVATELY),
        group.button(phrases.budget.format(value=cooldown), BUDGET),
        _choice_button(view, group, Choice.DELETE_AFTER),
        *([group.button(threads, THREADS)] if in_forum else []),
        group.button(phrases.country.button.format(value=country), COUNTRY),
        group.button(phrases.weekly.button.format(value=when), weekly.WEEKLY),
        _choice_button(view, group, Choice.STATISTICS),
    ]


def _ways_out(view: View, group: Group) -> Row:
    phrases = view.edition.phrases.settings
    close = group.button(phrases.close, CLOSE)
    if not group.private_link:
        return (close,)
    return (Button(phrases.in_private, group.private_link), close)


def _choice_button(view: View, group: Group, choice: Choice) -> Button:
    form = view.edition.phrases.settings.choices[choice].button
    return group.button(form.format(value=small(shown(view, group, choice))), choice)


def shown(view: View, group: Group, choice: Choice) -> str:
    """What the value of a setting is called."""
    return value_label(view, choice, getattr(group.settings, choice))


def value_label(view: View, choice: Choice, value: Value) -> str:
    """What a value is called: a word, a time or a number."""
    phrases = view.edition.phrases.settings
    label = phrases.choices[choice].labels.get(as_text(value))
    if label is not None or choice not in IN_MINUTES:
        return label or as_text(value)
    hours, minutes = divmod(int(value), 60)
    if hours and not minutes:
        return phrases.hours.format(number=hours)
    return phrases.minutes.format(number=value)


def as_text(value: Value) -> str:
    """A value as callback data and phrases name it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


def small(label: str) -> str:
    """A label in the middle of a line."""
    return label[:1].lower() + label[1:]


def choice(view: View, group: Group, go: Go) -> Page:
    """What one setting does, and its values as buttons."""
    here = Choice(go.via)
    phrases = view.edition.phrases.settings.choices[here]
    now = phrases.button.format(value=small(shown(view, group, here)))
    text = paragraphs([bold(now), escape(phrases.about)])
    buttons = [
        group.button(value_label(view, here, value), f"{here}{SET}{as_text(value)}")
        for value in VALUES[here]
    ]
    rows = pairs(buttons) if here in (*IN_BUDGET, *IN_MINUTES) else [(b,) for b in buttons]
    return Page(text, (*rows, back(view, group, BUDGET if here in IN_BUDGET else MAIN)))


def budget(view: View, group: Group, go: Go, said: str = "") -> Page:
    """How much the bot may say."""
    phrases = view.edition.phrases.settings
    title = phrases.budget.format(value=shown(view, group, Choice.COOLDOWN))
    text = paragraphs([bold(title), escape(said), escape(phrases.about_budget)])
    rows = ((_choice_button(view, group, one),) for one in IN_BUDGET)
    return Page(text, (*rows, back(view, group)))


def threads(view: View, group: Group, go: Go, said: str = "") -> Page:
    """The threads in which there are keyword replies; the one of this menu can be added."""
    phrases = view.edition.phrases.settings.threads
    chosen = group.settings.threads
    title = phrases.button.format(value=small(_in_threads(view, group)))
    listed = "\n".join(f"• {_linked(view, group, thread)}" for thread in chosen)
    text = paragraphs([bold(title), escape(said), escape(phrases.about), listed])
    to = f"{THREADS}{SET}"
    buttons = [
        group.button(phrases.drop.format(name=_thread(view, group, thread)), f"{to}{NOT}{thread}")
        for thread in chosen
    ]
    if group.thread is not None and group.thread not in chosen:
        buttons.insert(0, group.button(phrases.add, f"{to}{group.thread}"))
    if chosen:
        buttons.append(group.button(phrases.clear, f"{to}{ALL}"))
    return Page(text, (*((button,) for button in buttons), back(view, group)))


def _in_threads(view: View, group: Group) -> str:
    phrases = view.edition.phrases.settings.threads
    number = len(group.settings.threads)
    return phrases.some.format(number=number) if number else phrases.all


def _thread(view: View, group: Group, thread: int) -> str:
    """What a thread is called: the bot is never told its title."""
    phrases = view.edition.phrases.settings.threads
    if thread == group.thread:
        return phrases.this
    return phrases.general if thread == GENERAL else phrases.other.format(number=thread)


def _linked(view: View, group: Group, thread: int) -> str:
    """HTML: the same, leading there. A supergroup's id is -100 and the number in its links."""
    number = str(group.id).removeprefix("-100")
    return link(_thread(view, group, thread), f"https://t.me/c/{number}/{thread}")


def country(view: View, group: Group, go: Go) -> Page:
    """The countries whose numbers there are."""
    phrases = view.edition.phrases.settings.country
    name = name_of(view, group.country) if group.country else phrases.none
    codes = countries_by_name(view, [c.country for c in view.edition.helplines.countries])
    buttons = [group.button(name_of(view, code), f"{COUNTRY}{SET}{code}") for code in codes]
    part = part_of(buttons, go.page)
    title = phrases.button.format(value=name)
    text = paragraphs([bold(title), escape(phrases.about), counted(view, part)])
    none = (group.button(phrases.none, f"{COUNTRY}{SET}"),)
    rows = (*pairs(part.items), *turns(view, go, part), none)
    return Page(text, (*rows, back(view, group)))


def how(view: View) -> Page:
    """In private, without a group: how to come to the settings of one."""
    return Page(escape(view.edition.phrases.settings.how), (way_back(view, None),))


def not_yours(view: View) -> Page:
    """In private, to somebody who is no admin of the group (any more)."""
    return Page(escape(view.edition.phrases.settings.not_yours), (way_back(view, None),))


def opened(view: View, group: Group, go: Go, said: str = "") -> Page:
    """The page of the settings at ``go``.

    Raises:
        KeyError, ValueError: there is no such page.
    """
    name, _, _ = go.via.partition(ABOUT)
    if go.via in set(Choice):
        return choice(view, group, go)
    return PAGES[name](view, group, go, said)


def hello(view: View, group: Group) -> Page:
    """To a group that has just taken the bot in."""
    phrases = view.edition.phrases.settings
    return Page(escape(phrases.hello), ((group.button(phrases.button, NEW),),))


PAGES: dict[str, Callable[[View, Group, Go, str], Page]] = {
    MAIN: lambda view, group, go, said: main(view, group, said),
    NEW: lambda view, group, go, said: main(view, group, said),
    BUDGET: budget,
    THREADS: threads,
    COUNTRY: lambda view, group, go, said: country(view, group, go),
    weekly.WEEKLY: weekly.weekly,
    weekly.HOUR: weekly.hours,
    weekly.ZONE: weekly.zone,
}
