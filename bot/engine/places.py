"""Finding one's way in flows: the next step, the first step, and where a step went when the campaign changed."""

from __future__ import annotations

from bot.model.campaign import Campaign
from bot.model.conversation import Run
from bot.model.flow import Flow, Step

DONE = "done"
WAIT = "!wait"


def onward(flow: Flow, step: Step, *, past_go: bool = False) -> str:
    """Return a step's own way on: its end, its `go`, else the next in order. `past_go`: what follows once `go` came back."""
    if step.end:
        return DONE
    if step.go and not past_go:
        return step.go
    ids = iter(flow.steps)
    for step_id in ids:
        if step_id == step.id:
            return next(ids, DONE)
    return DONE


def start_of(campaign: Campaign, flow_id: str) -> Run | None:
    """Return a run at a flow's first step, None when there is no such flow."""
    flow = campaign.flows.get(flow_id)
    return Run(flow_id, next(iter(flow.steps))) if flow is not None and flow.steps else None


def found(campaign: Campaign, flow_id: str, step_id: str) -> tuple[Flow, Step] | None:
    """Return the flow and the step, or where that step went: `moved`, else the checkpoint, else the first step."""
    flow = campaign.flows.get(flow_id)
    if flow is None or not flow.steps:
        return None
    step = flow.steps.get(step_id) or flow.steps.get(flow.moved.get(step_id, ""))
    return flow, step or checkpoint(flow)


def checkpoint(flow: Flow) -> Step:
    """Return where chats go whose step is gone."""
    return next((s for s in flow.steps.values() if s.checkpoint), next(iter(flow.steps.values())))
