"""The shapes of everything that editors write, as frozen pydantic models.

One file in ``content/en/<kind>/`` is one topic. The limits on lengths come from the house rules
(a card fits a phone screen); ``content/README.md`` explains every field to editors.
"""

from bot.library.models.files import (
    Cues,
    Glossary,
    Publisher,
    Source,
    SourceList,
    Term,
    Visit,
)
from bot.library.models.fixed import Fixed, FixedAnswer, FixedKind
from bot.library.models.helplines import (
    AdviceLine,
    Countries,
    CrisisLine,
    EmergencyNumbers,
    HelpLine,
    Helplines,
    HelplinesOverride,
    ReportingScheme,
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
from bot.library.models.urgent import Flag, Level, Urgent
from bot.library.models.vocabulary import (
    Area,
    BodySystem,
    Family,
    Group,
    Kind,
    Section,
    SmallTalk,
    Urgency,
)

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
    "AdviceLine",
    "Area",
    "Basic",
    "BodySystem",
    "Brands",
    "CitedPoint",
    "Condition",
    "Countries",
    "CrisisLine",
    "Cues",
    "Effect",
    "Effects",
    "EmergencyNumbers",
    "Family",
    "Fixed",
    "FixedAnswer",
    "FixedKind",
    "Flag",
    "Glossary",
    "Group",
    "Guide",
    "HelpLine",
    "Helplines",
    "HelplinesOverride",
    "Kind",
    "Level",
    "Medicine",
    "Model",
    "Organisation",
    "Point",
    "Publisher",
    "ReportingScheme",
    "Section",
    "SideEffect",
    "SmallTalk",
    "Source",
    "SourceList",
    "Term",
    "Topic",
    "TopicModel",
    "Urgency",
    "Urgent",
    "Use",
    "Visit",
    "Withdrawn",
]
