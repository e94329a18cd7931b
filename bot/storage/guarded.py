"""The storage as answers use it: each method of ``Storage`` that they need, and none that fails."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime

from bot.storage import keys
from bot.storage.chats import ChatSettings, Settings
from bot.storage.counting import Count
from bot.storage.deleting import Due
from bot.storage.guard import Guard, Use
from bot.storage.mirror import Kept, Mirror
from bot.storage.owed import Owed
from bot.storage.posted import Post
from bot.storage.speaking import Limit, OwnSpeech
from bot.storage.taking import Claims
from bot.storage.tally import Answered, Tally
from bot.storage.unmet import Unmet


class Guarded(Guard):
    """A ``Storage`` that never fails and never takes long. ``Guarded.open`` makes one."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(url, clock)
        self._mirror = Mirror(self._fetch, clock)
        self._tally = Tally(self._write_counts)
        self._owed = Owed(self._change)
        self._own_speech = OwnSpeech()
        self._keys: dict[str, bytes] = {}
        self._own_keys: dict[str, bytes] = {}

    async def close(self) -> None:
        """Write what is still owed and to be counted, then let go."""
        await self._owed.close()
        await self._tally.close()
        await super().close()

    async def works(self) -> bool:
        """Whether the database answers."""
        return await self._read(lambda storage: storage.works(), False)

    async def chat(self, chat_id: int) -> ChatSettings:
        """What was set in the chat; without the database, what was last known of it."""
        return await self._mirror.chat(chat_id)

    async def with_settings(self) -> list[tuple[int, ChatSettings]]:
        """All chats that have something set."""
        return await self._mirror.with_settings()

    async def set_country(self, chat_id: int, code: str | None) -> bool:
        """Remember the chat's country, or forget it."""
        return await self._change(lambda storage: storage.set_country(chat_id, code))

    async def change_settings(self, chat_id: int, changes: Settings) -> bool:
        """Change these settings and keep the others; a null takes one out."""
        return await self._change(lambda storage: storage.change_settings(chat_id, changes))

    async def migrate_chat(self, old: int, new: int) -> bool:
        """Give all that group ``old`` has to ``new``; without the database, once it is back."""
        await self.flush()  # what is counted later would stay behind
        return await self._owed.pay(lambda storage: storage.migrate_chat(old, new))

    async def mark_left(self, chat_id: int, now: datetime) -> bool:
        """Note that the bot lost the chat; without the database, once it is back."""
        return await self._owed.pay(lambda storage: storage.mark_left(chat_id, now))

    async def mark_back(self, chat_id: int) -> bool:
        """Note that the bot is in the chat again; without the database, once it is back."""
        return await self._owed.pay(lambda storage: storage.mark_back(chat_id))

    async def forget(self, chat_id: int) -> bool:
        """Delete everything about the chat."""
        await self.flush()  # what is counted later would come back
        return await self._change(lambda storage: storage.forget(chat_id))

    def count(self, answered: Answered) -> None:
        """Count an answer; it is written a little later, together with others."""
        self._tally.note(answered)

    async def flush(self) -> None:
        """Write now what was counted."""
        await self._tally.flush()

    async def counts(self, chat_id: int | None, since: date) -> list[Count]:
        """Counts from ``since`` on; none without the database."""
        return await self._read(lambda storage: storage.counts(chat_id, since), [])

    async def counts_by_day(self, chat_id: int, since: date) -> dict[date, int]:
        """How often a group was answered on each day; none without the database."""
        return await self._read(lambda storage: storage.counts_by_day(chat_id, since), {})

    async def note_unmet(self, phrase: str, chat_id: int, day: date) -> bool:
        """Note that a phrase found nothing."""
        return await self._write(lambda storage: storage.note_unmet(phrase, chat_id, day))

    async def unmet(self, day: date) -> list[Unmet]:
        """What many asked for in vain; nothing without the database."""
        return await self._read(lambda storage: storage.unmet(day), [])

    async def claim_speech(self, limits: Sequence[Limit], now: datetime) -> bool:
        """Whether one more keeps within all limits; without the database, as far as this copy of
        the bot knows."""
        claimed = await self._tried(self._writes, lambda storage: storage.claim_speech(limits, now))
        return self._own_speech.claim(limits, now) if claimed is None else claimed

    async def unclaim_speech(self, limits: Sequence[Limit], now: datetime) -> bool:
        """Undo a claim made at ``now``."""
        self._own_speech.take_back(limits, now)
        return await self._write(lambda storage: storage.unclaim_speech(limits, now))

    async def delete_later(self, chat_id: int, message_id: int, at: datetime) -> bool:
        """Put a message on the list of those to be deleted at ``at``."""
        return await self._write(lambda storage: storage.delete_later(chat_id, message_id, at))

    async def take_due(self, now: datetime) -> list[Due]:
        """The messages to be deleted by now; none without the database."""
        return await self._tried(self._writes, lambda storage: storage.take_due(now)) or []

    async def note_deleted(self, due: Due) -> bool:
        """Take a message off that list."""
        return await self._write(lambda storage: storage.note_deleted(due))

    async def note_posted(self, post: Post, topic: str, version: str, now: datetime) -> bool:
        """Remember for 30 days which version of a topic a message says."""
        return await self._write(lambda storage: storage.note_posted(post, topic, version, now))

    async def outdated_posts(
        self, topic: str, version: str, since: datetime, most: int
    ) -> list[Post]:
        """At most ``most`` messages that say another version; none without the database."""
        return await self._read(
            lambda storage: storage.outdated_posts(topic, version, since, most), []
        )

    async def settle_post(self, post: Post, version: str) -> bool:
        """Note that the message says this version now, or never will."""
        return await self._write(lambda storage: storage.settle_post(post, version))

    async def forget_post(self, post: Post) -> bool:
        """The message is gone, or says something else."""
        return await self._write(lambda storage: storage.forget_post(post))

    async def clean(self, now: datetime) -> bool:
        """Delete what is past its time."""
        return await self._change(lambda storage: storage.clean(now))

    async def claim_week(self, chat_id: int, week: str, topic: str, day: date) -> bool:
        """Whether the group's weekly post is ours to send; not without the database."""
        claim = self._tried(
            self._writes, lambda storage: storage.claim_week(chat_id, week, topic, day)
        )
        return bool(await claim)

    async def posted_topics(self, chat_id: int, since: date) -> list[str] | None:
        """Topics of the group's weekly posts; None without the database: nobody knows."""
        return await self._tried(self._reads, lambda storage: storage.posted_topics(chat_id, since))

    async def note_answered(self, ids: Collection[int], now: datetime) -> bool:
        """Remember for an hour that these updates were answered."""
        return await self._write(lambda storage: storage.note_answered(ids, now))

    async def answered(self, ids: Collection[int]) -> frozenset[int]:
        """Which of these updates were answered; none, as far as is known without the database."""
        return await self._read(lambda storage: storage.answered(ids), frozenset())

    async def claim(
        self, ids: Collection[int], owner: str, now: datetime, until: datetime
    ) -> Claims | None:
        """Claim updates; None without the database: then nobody knows of other copies."""
        return await self._tried(
            self._writes, lambda storage: storage.claim(ids, owner, now, until)
        )

    async def renew_claims(self, ids: Collection[int], owner: str, until: datetime) -> bool:
        """Say that ``owner`` is still at work on these."""
        return await self._write(lambda storage: storage.renew_claims(ids, owner, until))

    async def give_back(self, update_id: int, owner: str, now: datetime) -> int | None:
        """End a claim on what failed; how often it has, None where that is not known."""
        return await self._tried(
            self._writes, lambda storage: storage.give_back(update_id, owner, now)
        )

    async def release_claims(self, owner: str, now: datetime) -> bool:
        """End all claims of ``owner``."""
        return await self._write(lambda storage: storage.release_claims(owner, now))

    async def key(self, name: str) -> bytes:
        """The key for hashes of one purpose; without the database, one of this process alone."""
        if name not in self._keys:
            found = await self._tried(self._writes, lambda storage: storage.key(name))
            if found is None:
                return self._own_keys.setdefault(name, keys.fresh())
            self._keys[name] = found
        return self._keys[name]

    async def _change(self, use: Use[None]) -> bool:
        """Write something about chats, which must be seen at once by whoever asks next."""
        done = await self._write(use)
        self._mirror.expire()
        return done

    async def _fetch(self, since: datetime | None) -> Kept | None:
        return await self._tried(self._reads, lambda storage: storage.kept_chats(since))

    async def _write_counts(self, counts: Mapping[Answered, int]) -> bool:
        return await self._write(lambda storage: storage.count(counts))
