"""What deploy/README.md names is there."""

import re

from bot.storage.tables import metadata
from tests.deploy.files import GUIDE
from tests.test_docs import settings_in_code


def test_the_settings_that_it_names_are_settings() -> None:
    named = set(re.findall(r"`([A-Z]+_[A-Z_]+)(?:=json)?`", GUIDE))
    assert named
    assert named <= settings_in_code()


def test_tables_that_stay_out_of_a_backup_are_tables() -> None:
    without = re.findall(r"--exclude-table-data=(\w+)", GUIDE)
    assert sorted(re.findall(r"DELETE FROM (\w+)", GUIDE)) == sorted(without)
    assert {*without} <= metadata.tables.keys()
