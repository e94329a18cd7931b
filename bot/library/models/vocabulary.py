"""The words that fields may hold: kinds, places in menus, urgencies."""

from enum import StrEnum


class Kind(StrEnum):
    """The five kinds of topic; the values stand in deep links (``condition_crohns-disease``)."""

    CONDITION = "condition"
    MEDICINE = "medicine"
    SIDE_EFFECT = "sideeffect"
    GUIDE = "guide"
    BASIC = "basic"


class BodySystem(StrEnum):
    """Where the menu of conditions puts a condition."""

    NERVES = "brain-and-nerves"
    GUT = "gut"
    JOINTS = "joints"
    BLOOD = "blood"
    SKIN = "skin"
    LUNGS_HEART = "lungs-and-heart"
    KIDNEY = "kidney"
    FEVERS = "periodic-fevers"


class Area(StrEnum):
    """Where in the body a side effect is felt or measured."""

    WHOLE_BODY = "whole-body"
    HEAD_MIND = "head-and-mind"
    HEART = "heart-and-circulation"
    BREATHING = "breathing"
    GUT = "gut"
    LIVER = "liver"
    KIDNEY = "kidney-and-bladder"
    SKIN_HAIR = "skin-and-hair"
    MUSCLES_JOINTS = "muscles-and-joints"
    BLOOD = "blood"
    PREGNANCY = "pregnancy"


class Group(StrEnum):
    """The article's own headings, and ``serious`` for what the article leaves out."""

    COMMON = "common"
    RARE = "rare"
    LIVER = "liver"
    KIDNEY = "kidney"
    SERIOUS = "serious"


class Urgency(StrEnum):
    """What to do about a side effect, from the most to the least urgent."""

    EMERGENCY = "emergency"
    TODAY = "today"
    CALL = "call-team"
    NEXT_VISIT = "next-visit"


class SmallTalk(StrEnum):
    """Short things that people say and that are no questions."""

    THANKS = "thanks"
    HELLO = "hello"
    OK = "ok"
    BYE = "bye"


class Section(StrEnum):
    """The parts of ``/howitworks``."""

    ABOUT = "about"
    MECHANISM = "mechanism"
    IMMUNE_SYSTEM = "immune-system"
    IMMUNITY = "immunity"
    ROUTE = "route"


class Family(StrEnum):
    """The menu of medicines by kind."""

    INTERFERONS = "interferons"
    FUMARATES = "fumarates"
    S1P = "s1p-modulators"
    CD20 = "cd20-antibodies"
    OTHER_MS = "other-ms-medicines"
    HAE = "hae-medicines"
    IL1 = "il-1-blockers"
    IL6 = "il-6-blockers"
    IL12_17_23 = "il-12-17-23-blockers"
    TNF = "tnf-blockers"
    JAK = "jak-inhibitors"
    INTEGRIN = "integrin-blockers"
    DMARDS = "conventional-dmards"
    TRANSPLANT = "transplant-medicines"
    STEROIDS = "steroids"
    IMIDS = "imids"
    CANCER = "cancer-and-cell-therapies"
    ANTIBODIES = "other-antibodies"
    SKIN = "skin-medicines"
    OTHER = "other-medicines"
