"""The command line. ``python -m bot`` runs the bot; the other commands never need Telegram."""

import argparse
import asyncio
import gc
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bot import __version__
from bot.config import Config, ConfigError
from bot.context import real_time
from bot.library import ContentError, Library, load
from bot.library.report import report
from bot.library.rules.grade import typical
from bot.library.schema import write_schemas
from bot.logs import set_up
from bot.matching.explaining import explained, told
from bot.matching.fixed_checks import fixed_problems
from bot.matching.matcher import Matcher
from bot.matching.meaning import Meaning
from bot.matching.urgent_checks import urgent_problems
from bot.pages.checks import page_problems
from bot.storage import Storage, StorageError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, or 1 with a readable line on standard error."""
    options = _parser().parse_args(arguments)
    gc.disable()  # what is built now stays: to look for garbage among it takes a second
    try:
        config = Config.from_environment(os.environ)
        set_up(_level(options, config), config.log_format)
        return int(options.command(options, config))
    except ConfigError as error:
        return _fail(str(error))
    except ContentError as error:
        return _fail(f"{error}\n{len(error.problems)} problem(s) in {config.content_dir}")
    except StorageError as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"{error.filename or 'file'}: {error.strerror}")


def _level(options: argparse.Namespace, config: Config) -> str:
    """Who looks at answers in a terminal wants no line about each of them among these."""
    local = options.command in (chat, ask) or (options.command is run and config.token is None)
    return "WARNING" if local and config.log_level == Config.log_level else config.log_level


def run(options: argparse.Namespace, config: Config) -> int:
    """Telegram where there is a token, else the conversation in the terminal."""
    if config.token is None:
        print("No BOT_TOKEN is set, so this is the local chat. Ctrl-D leaves.", file=sys.stderr)
        return chat(options, config)
    from bot.running import run_bot  # after the settings: importing the network takes a while

    return run_bot(config, _library(config))


def chat(options: argparse.Namespace, config: Config) -> int:
    """A conversation in the terminal."""
    from bot.sandbox.terminal import converse

    return asyncio.run(converse(config, _library(config)))


def ask(options: argparse.Namespace, config: Config) -> int:
    """One message in, the answer out."""
    from bot.sandbox.terminal import answer

    print(asyncio.run(answer(config, _library(config), options.text)))
    return 0


def explain(options: argparse.Namespace, config: Config) -> int:
    """Why the bot would or would not answer a message."""
    matcher = Matcher(_library(config).edition(None))

    def read(text: str) -> Meaning:
        return matcher.read(text, alone=not options.group)

    if not options.json:
        print(told(read(options.text or sys.stdin.read()), group=options.group))
        return 0
    lines = [options.text] if options.text is not None else map(_text_of, sys.stdin)
    for text in lines:
        print(json.dumps(explained(read(text), group=options.group)), flush=True)
    return 0


def _text_of(line: str) -> str:
    """The text of one line of JSON: ``{"text": …}``.

    Raises:
        ConfigError: the line is something else.
    """
    try:
        text = json.loads(line)["text"]
    except (ValueError, KeyError, TypeError):
        raise ConfigError('each line of standard input must be JSON: {"text": "…"}') from None
    return str(text)


def unmet(options: argparse.Namespace, config: Config) -> int:
    """What people asked for in vain: phrases that five chats or more have sent."""
    return asyncio.run(_print_unmet(config))


async def _print_unmet(config: Config) -> int:
    async with await Storage.open(config.database_url) as storage:
        for found in await storage.unmet(real_time().date()):
            print(f"{found.chats:6} {found.phrase}")
    return 0


def check(options: argparse.Namespace, config: Config) -> int:
    """Every problem of the content, or counts by kind."""
    loaded = load(config.content_dir, today=real_time().date(), editorial=True)
    problems = [*page_problems(loaded.library), *fixed_problems(loaded.library)]
    problems += urgent_problems(loaded.library)
    problems += loaded.warnings if options.strict else ()
    if problems:
        raise ContentError(problems)
    for warning in loaded.warnings:
        print(warning)
    print(_counts(loaded.library))
    if options.schema:
        print(f"wrote {len(write_schemas(options.schema))} schemas to {options.schema}")
    if options.report:
        options.report.write_text(report(loaded.library, real_time().date()), encoding="utf-8")
        print(f"wrote {options.report}")
    return 0


def _library(config: Config) -> Library:
    return load(config.content_dir).library


def _counts(library: Library) -> str:
    """Topics of each kind, words and sources, a line for each language."""
    lines = []
    for language, edition in library.editions.items():
        kinds = Counter(topic.kind.value for topic in edition.topics.values())
        counts = [f"{number} {kind}" for kind, number in kinds.items()]
        counts += [f"{len(edition.terms)} glossary", f"{len(edition.sources)} sources"]
        lines.append(f"{language}: {', '.join(counts)}")
        lines.append(f"{language}: median reading grade {typical(edition):.1f}")
    return "\n".join(lines)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    parser.set_defaults(command=run)
    commands = parser.add_subparsers(title="commands", metavar="")
    commands.add_parser("chat", help=chat.__doc__).set_defaults(command=chat)
    asking = commands.add_parser("ask", help=ask.__doc__)
    asking.add_argument("text", help='what to say, such as "/condition crohns"')
    asking.set_defaults(command=ask)
    explaining = commands.add_parser("explain", help=explain.__doc__)
    explaining.add_argument("text", nargs="?", help="the message; without it, standard input")
    explaining.add_argument("--group", action="store_true", help="as in a group with replies on")
    explaining.add_argument("--json", action="store_true", help="one object a line")
    explaining.set_defaults(command=explain)
    commands.add_parser("unmet", help=unmet.__doc__).set_defaults(command=unmet)
    checking = commands.add_parser("check", help=check.__doc__)
    checking.add_argument("--strict", action="store_true", help="warnings are errors")
    checking.add_argument("--schema", type=Path, metavar="DIR", help="write JSON Schemas to DIR")
    checking.add_argument("--report", type=Path, metavar="FILE", help="write a report to FILE")
    checking.set_defaults(command=check)
    return parser


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
