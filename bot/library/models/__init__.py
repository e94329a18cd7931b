"""The shapes of everything that editors write, as frozen pydantic models.

One file in ``content/en/<kind>/`` is one topic. The limits on lengths come from the house rules
(a card fits a phone screen); ``content/README.md`` explains every field to editors.
"""

from bot.library.models.files import (
    CrisisLine,
    Glossary,
    Helplines,
    Publisher,
    Source,
    SourceList,
    Term,
    Visit,
)
from bot.library.models.medicine import Brands, Effect, Effects, Medicine, Use, Withdrawn
from bot.library.models.shapes import (
    MOST_POINTS,
    MOST_QUESTIONS,
    POINT_LENGTH,
    SUMMARY_LENGTH,
    CitedPoint,
    Model,
    Point,
)
from bot.library.models.topic import Basic, Condition, Guide, Organisation, SideEffect, TopicModel
from bot.library.models.vocabulary import Area, BodySystem, Family, Group, Kind, Section, Urgency

Topic = Condition | Medicine | SideEffect | Basic | Guide
FOLDERS: dict[str, type[Topic]] = {
    "conditions": Condition,
    "medicines": Medicine,
    "side-effects": SideEffect,
    "basics": Basic,
    "guides": Guide,
}

__all__ = [
    "FOLDERS",
    "MOST_POINTS",
    "MOST_QUESTIONS",
    "POINT_LENGTH",
    "SUMMARY_LENGTH",
    "Area",
    "Basic",
    "BodySystem",
    "Brands",
    "CitedPoint",
    "Condition",
    "CrisisLine",
    "Effect",
    "Effects",
    "Family",
    "Glossary",
    "Group",
    "Guide",
    "Helplines",
    "Kind",
    "Medicine",
    "Model",
    "Organisation",
    "Point",
    "Publisher",
    "Section",
    "SideEffect",
    "Source",
    "SourceList",
    "Term",
    "Topic",
    "TopicModel",
    "Urgency",
    "Use",
    "Visit",
    "Withdrawn",
]
