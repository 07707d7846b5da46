from __future__ import annotations

import re
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest

from smartfin.errors import SettingsError
from smartfin.quarter import Quarter
from smartfin.settings import ROOT, Level, Settings, SocialSettings, read_settings

GROUP = (ROOT / "data" / "group.toml").read_text(encoding="utf-8")


def settings_of(folder: Path, group: str, **environment: str) -> Settings:
    """The settings of a group.toml written for the test."""
    (folder / "group.toml").write_text(group, encoding="utf-8")
    return read_settings({"SMARTFIN_DATA": str(folder), **environment})


def refusal(folder: Path, group: str, **environment: str) -> tuple[str, object]:
    """Code and key of the error a group.toml meets."""
    with pytest.raises(SettingsError) as caught:
        settings_of(folder, group, **environment)
    return caught.value.code, caught.value.facts.get("key")


def test_the_group_file_that_ships_is_complete() -> None:
    settings = read_settings({})
    assert settings.deadline == Quarter(2023, 4)
    assert settings.level is Level.OSS
    assert settings.sample_day == date(2023, 2, 15)
    assert settings.constant_rates_year == 2022
    assert settings.verdict.at_risk < settings.verdict.on_track
    assert settings.outlook.paths >= 5000
    assert list(settings.partners) == ["ES", "IT", "SE", "DE", "AT", "NL", "HU"]


def test_defaults_apply_where_the_environment_is_silent() -> None:
    settings = read_settings({})
    assert settings.data == ROOT / "data"
    assert settings.database == f"sqlite:///{ROOT / 'var' / 'smartfin.db'}"
    assert settings.port == 8501
    assert settings.samples


def test_the_deadline_counts_from_when_it_was_decided(tmp_path: Path) -> None:
    without = re.sub(r"^deadline_from.*\n", "", GROUP, flags=re.M)
    later = 'deadline_from = "2022-Q2"\n'

    assert "deadline_from" not in without
    assert settings_of(tmp_path, without).deadline_from == Quarter(2021, 1)
    assert settings_of(tmp_path, later + without).deadline_from == Quarter(2022, 2)


@pytest.mark.parametrize("value", ['"2024-Q1"', '"soon"', "2021"])
def test_a_deadline_that_counts_too_late_is_refused(tmp_path: Path, value: str) -> None:
    without = re.sub(r"^deadline_from.*\n", "", GROUP, flags=re.M)

    assert refusal(tmp_path, f"deadline_from = {value}\n{without}") == (
        "setting-malformed",
        "deadline_from",
    )


def test_the_environment_wins(tmp_path: Path) -> None:
    environment = {
        "SMARTFIN_DATABASE": "postgresql://ledger",
        "SMARTFIN_PORT": "9000",
        "SMARTFIN_SAMPLES": "0",
    }
    settings = settings_of(tmp_path, GROUP, **environment)
    assert settings.data == tmp_path
    assert settings.database == "postgresql://ledger"
    assert settings.port == 9000
    assert not settings.samples


def test_an_empty_variable_counts_as_not_set() -> None:
    empty = {"SMARTFIN_DATABASE": "", "SMARTFIN_DATA": "", "SMARTFIN_PORT": ""}
    assert read_settings(empty) == read_settings({})


@pytest.mark.parametrize("key", ["deadline", "level", "hand_in_days", "sample_day"])
def test_a_missing_setting_is_named(tmp_path: Path, key: str) -> None:
    group = "\n".join(line for line in GROUP.splitlines() if not line.startswith(f"{key} ="))
    assert refusal(tmp_path, group) == ("setting-missing", key)


def test_a_missing_setting_of_a_section_is_named_with_its_section(tmp_path: Path) -> None:
    group = GROUP.replace("at_risk = 0.35\n", "")
    assert refusal(tmp_path, group) == ("setting-missing", "verdict.at_risk")


def test_a_missing_section_is_named(tmp_path: Path) -> None:
    group = GROUP.replace("[outlook]", "[outlok]")
    assert refusal(tmp_path, group) == ("setting-missing", "outlook")


def test_an_unknown_setting_of_a_section_is_named(tmp_path: Path) -> None:
    group = GROUP.replace("[verdict]", "[verdict]\nat_rsk = 0.3")
    assert refusal(tmp_path, group) == ("setting-unknown", "verdict.at_rsk")


@pytest.mark.parametrize(
    ("written", "instead", "key"),
    [
        ('deadline = "2023-Q4"', 'deadline = "2023-12-31"', "deadline"),
        ('deadline = "2023-Q4"', "deadline = 2023", "deadline"),
        ('level = "oss"', 'level = "gross"', "level"),
        ("hand_in_days = 30", "hand_in_days = true", "hand_in_days"),
        ("hand_in_days = 30", "hand_in_days = 30.5", "hand_in_days"),
        ("sample_day = 2023-02-15", 'sample_day = "2023-02-15"', "sample_day"),
        ("sample_day = 2023-02-15", "sample_day = 2023-02-15T10:00:00", "sample_day"),
        ("on_track = 0.65", 'on_track = "65 %"', "verdict.on_track"),
        ("paths = 5000", "paths = 5000.0", "outlook.paths"),
    ],
)
def test_a_malformed_setting_is_named(tmp_path: Path, written: str, instead: str, key: str) -> None:
    assert written in GROUP
    assert refusal(tmp_path, GROUP.replace(written, instead)) == ("setting-malformed", key)


def test_a_malformed_setting_shows_its_value_and_what_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_of(tmp_path, GROUP.replace('level = "oss"', 'level = "gross"'))
    assert caught.value.facts["value"] == "gross"
    assert caught.value.facts["wanted"] == "supported, oss, fss"


def test_a_whole_number_serves_as_a_fraction(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, GROUP.replace("on_track = 0.65", "on_track = 1"))
    assert settings.verdict.on_track == 1.0
    assert isinstance(settings.verdict.on_track, float)


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "80.5", "²"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"SMARTFIN_PORT": port})
    assert caught.value.code == "setting-malformed"
    assert caught.value.facts["key"] == "SMARTFIN_PORT"
    assert caught.value.facts["value"] == port


def test_a_missing_group_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"SMARTFIN_DATA": str(tmp_path)})
    assert caught.value.code == "settings-file-missing"
    assert caught.value.facts["path"] == str(tmp_path / "group.toml")


def test_a_group_file_that_is_no_toml_is_named_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_of(tmp_path, "deadline = \n")
    assert caught.value.code == "settings-file-unreadable"
    assert "line 1" in str(caught.value.facts["why"])


def test_settings_cannot_be_changed_after_reading() -> None:
    with pytest.raises(FrozenInstanceError):
        read_settings({}).port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("support_envelope_eur = 0", "support_envelope_eur"),
        ("on_track = 65", "verdict.on_track"),
        ("paths = 0", "outlook.paths"),
        ("hand_in_days = -1", "hand_in_days"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(tmp_path: Path, line: str, key: str) -> None:
    name = line.split(" = ", maxsplit=1)[0]
    group = re.sub(rf"(?m)^{name} = \S+", line, GROUP)
    assert refusal(tmp_path, group) == ("setting-malformed", key)


def test_a_misspelt_key_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path, "deadlnie = 1\n" + GROUP) == ("setting-unknown", "deadlnie")


def test_approval_is_off_until_somebody_turns_it_on(tmp_path: Path) -> None:
    without = re.sub(r"^approval = .*\n", "", GROUP, flags=re.MULTILINE)
    turned_on = without.replace("[verdict]", "approval = true\n\n[verdict]")
    assert not read_settings({}).approval
    assert not settings_of(tmp_path, without).approval
    assert settings_of(tmp_path, turned_on).approval
    assert settings_of(tmp_path, without, SMARTFIN_APPROVAL="1").approval
    assert not settings_of(tmp_path, turned_on, SMARTFIN_APPROVAL="0").approval


def test_approval_that_says_neither_yes_nor_no_is_named(tmp_path: Path) -> None:
    vague = re.sub(r"^approval = false", 'approval = "no"', GROUP, flags=re.MULTILINE)
    assert refusal(tmp_path, vague) == ("setting-malformed", "approval")
    asked = refusal(tmp_path, GROUP, SMARTFIN_APPROVAL="yes")
    assert asked == ("setting-malformed", "SMARTFIN_APPROVAL")


CHANGED = """
[[threshold]]
rule = "active_share"
from = 2024-01-01
amber = 0.45
red = 1
why = "assembly of 12 December 2023"
"""


def test_a_changed_threshold_is_read_with_its_date_and_place(tmp_path: Path) -> None:
    assert read_settings({}).thresholds == ()
    (change,) = settings_of(tmp_path, GROUP + CHANGED).thresholds
    assert (change.rule, change.since, change.place) == (
        *("active_share", date(2024, 1, 1)),
        "threshold[1]",
    )
    assert (change.amber, change.red, change.why) == (0.45, 1.0, "assembly of 12 December 2023")


@pytest.mark.parametrize(
    ("before", "after", "refused"),
    [
        ('rule = "active_share"', "", ("setting-missing", "threshold[1].rule")),
        ("from = 2024-01-01", "", ("setting-missing", "threshold[1].from")),
        ("from = 2024-01-01", 'from = "2024"', ("setting-malformed", "threshold[1].from")),
        ("amber = 0.45", 'amber = "0.45"', ("setting-malformed", "threshold[1].amber")),
        ("amber = 0.45", "amber = nan", ("setting-malformed", "threshold[1].amber")),
        ("red = 1", "red = -inf", ("setting-malformed", "threshold[1].red")),
        ('"assembly of 12 December 2023"', '" "', ("setting-malformed", "threshold[1].why")),
        ("amber = 0.45\nred = 1", "", ("setting-missing", "threshold[1].amber")),
        ("amber = 0.45", "yellow = 0.45", ("setting-unknown", "threshold[1].yellow")),
    ],
)
def test_a_malformed_change_of_a_threshold_is_named(
    tmp_path: Path, before: str, after: str, refused: tuple[str, str]
) -> None:
    assert refusal(tmp_path, GROUP + CHANGED.replace(before, after)) == refused


def test_two_changes_of_one_rule_and_day_are_refused(tmp_path: Path) -> None:
    later = CHANGED.replace("2024-01-01", "2024-01-02")
    assert len(settings_of(tmp_path, GROUP + CHANGED + later).thresholds) == 2
    twice = refusal(tmp_path, GROUP + CHANGED + later + CHANGED)
    assert twice == ("setting-malformed", "threshold[3].from")


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_a_number_that_is_none_is_refused_by_its_key(tmp_path: Path, value: str) -> None:
    bad = re.sub(r"^at_risk = .*$", f"at_risk = {value}", GROUP, flags=re.MULTILINE)
    assert refusal(tmp_path, bad) == ("setting-malformed", "verdict.at_risk")


def test_the_social_thresholds_may_be_left_out_each_for_itself(tmp_path: Path) -> None:
    assert read_settings({}).social == SocialSettings()
    changed = settings_of(tmp_path, GROUP + "\n[social]\nbought_amber = 0.4\n").social
    assert changed == SocialSettings(bought_amber=0.4)


@pytest.mark.parametrize(
    ("line", "code", "key"),
    [
        ("bought_ambr = 0.4", "setting-unknown", "social.bought_ambr"),
        ("bought_amber = 33", "setting-malformed", "social.bought_amber"),
        ("bought_amber = 0.7", "setting-malformed", "social.bought_red"),
        ("least_reported = 13", "setting-malformed", "social.least_reported"),
        ("most_fallen = 0.5", "setting-malformed", "social.most_fallen"),
        ("unchanged = nan", "setting-malformed", "social.unchanged"),
    ],
)
def test_a_social_threshold_that_cannot_be_is_named(
    tmp_path: Path, line: str, code: str, key: str
) -> None:
    assert refusal(tmp_path, f"{GROUP}\n[social]\n{line}\n") == (code, key)


def test_social_floors_are_a_list_of_tables(tmp_path: Path) -> None:
    before = GROUP[: GROUP.index("[[social_floor]]")]
    assert settings_of(tmp_path, before).social_floors == ()
    wrong = f"social_floor = [1]\n{before}"
    assert refusal(tmp_path, wrong) == ("setting-malformed", "social_floor[1]")
