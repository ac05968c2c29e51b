"""Work of the tank farm that waits for nobody."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from fuel.billing.statement_runs import operations as statement_runs
from fuel.models import StatementRun
from registry.wording import in_words_of


@shared_task
def issue_statements_of_run(run_id: int) -> None:
    """Issue the statements of a run airline by airline; delivered twice, it issues none twice."""
    run = StatementRun.objects.select_related("site__zone", "prepared_by").get(pk=run_id)
    # What is refused is written down in the words of whoever asked.
    with in_words_of(run.prepared_by):
        statement_runs.begin_statement_run(run=run, at=timezone.now())
        while statement_runs.issue_next_of_run(run=run, at=timezone.now()):
            pass


@shared_task
def resume_statement_runs() -> int:
    """Every minute: take up runs whose worker or whose message was lost."""
    silent = statement_runs.runs_gone_silent(at=timezone.now())
    for run in silent:
        issue_statements_of_run.delay(run.pk)
    return len(silent)


def send_statement_run(run: StatementRun) -> None:
    """Hand a run to the workers once it is committed. What a broker loses, resume_statement_runs takes up."""
    transaction.on_commit(lambda: issue_statements_of_run.delay(run.pk), robust=True)
