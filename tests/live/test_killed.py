"""A process that is killed anywhere on the way of an edit loses nothing and doubles nothing."""

from __future__ import annotations

import json
import signal

import pytest

from drafting.models import Draft, Event, Option
from drafting.services.writing import Accepted
from tests.cast import Cast, make_cast
from tests.live.desk import batch, insert, replayed, send, words_of, writer
from tests.live.serving import child

pytestmark = pytest.mark.django_db(transaction=True)

OPTION = 4

# A process that commits one batch and is killed at the point that it was told.
SCRIPT = """
import json, os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "drafting.settings"
import django
django.setup()
from drafting import steps, wire
from drafting.services import writing
from drafting.services.writing import rows
from drafting.services.scribe import open_connection
from drafting.services.standings import Seat

told = json.loads(sys.argv[1])

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def after(module, name):
    true = getattr(module, name)
    def replaced(*arguments):
        true(*arguments)
        die()
    setattr(module, name, replaced)

connection = open_connection()
match told["point"]:
    case "lock":
        after(rows, "load")
    case "insert":
        rows.COMMIT = rows.BEGIN  # all is sent but the commit
        after(rows, "store")
    case "commit":
        after(rows, "store")
    case "publish":
        wire.post = die
item = steps.Item(told["key"], told["step"])
batch = writing.Batch(told["mid"], told["option"], 0, (item,))
who = writing.Writer(Seat(told["session"], told["user"], told["draft"]), told["client"])
writing.commit(connection, told["draft"], [(who, batch)])
die()  # before the answer is sent
"""


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.mark.parametrize(
    ("point", "is_on_disk"),
    [("lock", 0), ("insert", 0), ("commit", 1), ("publish", 1), ("acknowledge", 1)],
)
def test_a_resend_after_a_kill_is_there_exactly_once(
    cast: Cast, point: str, is_on_disk: int
) -> None:
    chair, sent = writer(cast, "chair"), batch(OPTION, 0, insert("not "))
    content = Option.objects.get(draft=cast.draft, number=OPTION).content
    told = {
        "point": point,
        "key": sent.items[0].key,
        "step": sent.items[0].step,
        "mid": sent.mid,
        "option": OPTION,
        "session": chair.seat.session,
        "user": chair.seat.user,
        "draft": cast.draft.pk,
        "client": chair.client,
    }
    killed = child(SCRIPT, json.dumps(told))
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert Event.objects.filter(client=chair.client).count() == is_on_disk
    (answer,) = send(chair, sent)
    assert isinstance(answer, Accepted)
    assert (answer.seq, answer.version) == (2, 1)
    assert words_of(cast, OPTION) == "not to count the lamps;"
    assert Draft.objects.get(pk=cast.draft.pk).seq == 2
    stored = Option.objects.get(draft=cast.draft, number=OPTION).content
    assert replayed(cast, OPTION, content) == stored
