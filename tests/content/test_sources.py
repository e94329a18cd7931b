"""The list of sources: each is cited, official, and said to be what it is."""

from bot.library import Edition
from bot.library.citing import citations
from bot.library.models import Condition

SUMMARY_OF_THE_ARTICLE = "rxlist-article"


def test_every_source_is_cited(edition: Edition) -> None:
    cited = {source for topic in edition.topics.values() for _, source in citations(topic)}
    cited |= {source for term in edition.terms for _, source in citations(term)}
    cited |= {source for flag in edition.urgent.flags for source in flag.sources}
    assert cited == set(edition.sources)


def test_rxlist_is_cited_for_the_article_alone(edition: Edition) -> None:
    rxlist = {name for name, source in edition.sources.items() if source.publisher == "rxlist"}
    assert rxlist == {SUMMARY_OF_THE_ARTICLE}


def test_one_address_is_one_source(edition: Edition) -> None:
    addresses = [str(source.url) for source in edition.sources.values()]
    assert len(addresses) == len(set(addresses))


def test_every_publisher_has_a_source_or_is_a_patient_organisation(edition: Edition) -> None:
    conditions = edition.of_kind(Condition)
    hosts = {organisation.url.host for c in conditions for organisation in c.organisations}
    named = {name for name, one in edition.publishers.items() if hosts & {*one.hosts}}
    named |= {source.publisher for source in edition.sources.values()}
    assert named == set(edition.publishers)


def test_nearly_every_topic_has_more_than_the_article(edition: Edition) -> None:
    bare = [t.id for t in edition.topics.values() if set(t.sources) == {SUMMARY_OF_THE_ARTICLE}]
    assert bare == []
