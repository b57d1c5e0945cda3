"""`safebot helplines`: the numbers girls are shown, who has called them, and when."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.campaign import the_campaign
from bot.cli.forms import text_or_json
from bot.cli.problems import plainly, stop

if TYPE_CHECKING:
    from bot.model.campaign import Campaign, Helpline

campaign_option = click.option(
    "--campaign", type=click.Path(path_type=Path), envvar="SAFEBOT_CAMPAIGN", help="The campaign's folder."
)


@click.group(name="helplines")
def command() -> None:
    """Look after the directory of helplines: check, confirm, withdraw.

    Example:  safebot helplines check
    """


@command.command()
@click.option("--country", default="", help="Only this country, as KE.")
@text_or_json
@campaign_option
@plainly
def check(country: str, form: str, campaign: Path | None) -> None:
    """Tell of every entry whether somebody has called it, and how long ago. Exit code 1 when some must be called.

    Example:  safebot helplines check --country KE
    """
    from bot.work.helpline_dates import dated

    today = datetime.now(UTC).date()
    lines = [line for line in _loaded(campaign).helplines if country in ("", line.country)]
    states = [(line, dated(line, today)) for line in lines]
    if form == "json":
        click.echo(json.dumps([_data(line, state.value) for line, state in states]))
    else:
        for line, state in states:
            since = f" ({line.confirmed_on})" if line.confirmed_on else ""
            click.echo(f"{state.value:<10} {line.country}  {line.id:<24} {line.number or line.url}{since}")
        to_call = sum(state.must_call for _, state in states)
        click.echo(f"{len(states)} entries, {to_call} to call.")
    raise SystemExit(1 if any(state.must_call for _, state in states) else 0)


@command.command()
@click.argument("entry")
@click.option("--by", required=True, help="Who called it and got through.")
@click.option("--on", "when", default="", help="The day, as 2026-01-31; today if not given.")
@campaign_option
@plainly
def confirm(entry: str, by: str, when: str, campaign: Path | None) -> None:
    """Write down that somebody called this number (or opened this page) and it answered.

    Example:  safebot helplines confirm ke-116 --by "Achieng, Nairobi office"
    """
    day = _day(when)
    _write(campaign, entry, {"confirmed_on": day.isoformat(), "confirmed_by": json.dumps(by), "withdrawn": "false"})
    click.echo(f"{entry} was confirmed on {day} by {by}. Girls are shown it.")


@command.command()
@click.argument("entry")
@click.option("--because", required=True, help="What is wrong with it: it stands in the file, girls never see it.")
@campaign_option
@plainly
def withdraw(entry: str, because: str, campaign: Path | None) -> None:
    """Take an entry out at once: nobody is shown it any more. A running bot follows within seconds.

    Example:  safebot helplines withdraw ke-dci-tollfree --because "no answer on three days"
    """
    _write(campaign, entry, {"withdrawn": "true", "withdrawn_because": json.dumps(because)})
    click.echo(f"{entry} is withdrawn. Nobody is shown it.")


def _write(campaign: Path | None, entry: str, fields: dict[str, str]) -> None:
    from bot.flowfile.directory_edit import NoSuchEntry, with_fields

    path = the_campaign(campaign) / "flows" / "helplines.yaml"
    try:
        changed = with_fields(path.read_text(encoding="utf-8"), entry, fields)
    except NoSuchEntry as error:
        stop(str(error), code=1)
    except OSError as error:
        stop(f"{path.name} cannot be read: {error.strerror}.")
    # Beside it first, so that a bot that reloads at this moment never reads half a file.
    beside = path.with_suffix(".new")
    beside.write_text(changed, encoding="utf-8")
    beside.replace(path)


def _loaded(campaign: Path | None) -> Campaign:
    from bot.flowfile import load

    folder = the_campaign(campaign)
    loaded = load(folder)
    if loaded.campaign is None:
        stop("the campaign has mistakes that must be mended first: safebot flows check")
    return loaded.campaign


def _day(written: str) -> date:
    today = datetime.now(UTC).date()
    try:
        day = date.fromisoformat(written) if written else today
    except ValueError:
        stop(f"'{written}' is no day. Write it like this: {today}.")
    if day > today:
        stop(f"{day} has not come yet. Write the day on which somebody called.")
    return day


def _data(line: Helpline, state: str) -> dict[str, str]:
    confirmed = line.confirmed_on.isoformat() if line.confirmed_on else ""
    return {
        "id": line.id,
        "country": line.country,
        "number": line.number,
        "url": line.url,
        "state": state,
        "confirmed_on": confirmed,
    }
