"""`safebot flows graph`: a flow, or all of them, as a picture."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.campaign import default_campaign
from bot.cli.problems import stop


@click.command(name="graph")
@click.argument("flow", required=False)
@click.option("--format", "form", type=click.Choice(["svg", "mermaid"]), default="svg", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write into this file, not to the screen.")
@click.option("--lang", "language", help="Show the texts in this language.")
@click.option(
    "--campaign",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="SAFEBOT_CAMPAIGN",
    help="The folder that holds flows/ and locales/.",
)
def command(flow: str | None, form: str, out: Path | None, language: str | None, folder: Path | None) -> None:
    """Draw FLOW: its steps, and the buttons that lead from one to the next. Without FLOW: all flows of the campaign.

    A flow with mistakes is drawn, too: they are marked with their code.

    Example:  safebot flows graph welcome --out welcome.svg
    """
    from bot.flowfile.graph import as_mermaid, as_svg, picture_of_campaign, picture_of_flow
    from bot.flowfile.load import sketch

    draft, problems = sketch(folder or default_campaign())
    flow = flow.removesuffix(".yaml").rpartition("/")[2] if flow else None
    _asked_well(flow, language, draft.flows, draft.settings.languages)
    if flow is None:
        picture = picture_of_campaign(draft, problems, language or "")
    else:
        picture = picture_of_flow(draft, flow, problems, language or "")
    drawn = as_svg(picture) if form == "svg" else as_mermaid(picture)
    if out is None:
        click.echo(drawn, nl=False)
    else:
        out.write_text(drawn, encoding="utf-8")


def _asked_well(flow: str | None, language: str | None, flows: object, languages: tuple[str, ...]) -> None:
    from bot.flowfile.findings import did_you_mean

    names = list(flows) if isinstance(flows, dict) else []
    if flow is not None and flow not in names:
        stop(f"there is no flow '{flow}': {did_you_mean(flow, names) or 'this folder has none'}")
    if language is not None and language not in languages:
        stop(f"the campaign does not speak '{language}'. It speaks: {', '.join(languages)}.")
