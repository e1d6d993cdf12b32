"""Bringing papers in, and the report that says what was read, without a browser."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Delegation
from drafting.models import AdHocGroup, Contribution, PaperImport, ProposedChange
from drafting.models.intake import ImportState
from drafting.services import imports
from tests.cast import Cast
from tests.intake.builders import dele, docx, gone, ins, p, r

BRING_IN = "/drafts/lorne/dl-1/bring-in/"


def paper(code: str = "KES/75/4", words: str = "by night") -> bytes:
    """A contribution that mends lamps otherwise, and one thing more."""
    return docx(
        p(r(f"MOD\t{code}")),
        p(r("resolves")),
        p(r("1\tto count the lamps;")),
        p(r("2\tto mend the lamps "), dele(gone("at once")), ins(r(words)), r(";")),
        p(r("3\tto report each year.")),
    )


def sent(cast: Cast, *files: tuple[str, bytes], **about: str) -> tuple[Client, str]:
    """What the secretary's browser shows after sending these files as contributions."""
    client = Client()
    client.force_login(cast.users["stella"])
    held = [SimpleUploadedFile(name, data) for name, data in files]
    answer = client.post(
        BRING_IN, {"kind": "contribution", "file": held, "code": "", **about}, follow=True
    )
    return client, answer.content.decode()


def read(client: Client) -> str:
    """The report of the one paper that came, once it is read."""
    (one,) = PaperImport.objects.all()
    imports.read(one.pk)
    return client.get(f"/imports/{one.pk}/").content.decode()


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_report_shows_each_change_that_was_read(cast: Cast) -> None:
    client, _page = sent(cast, ("lamps.docx", paper()))
    page = read(client)
    assert "The change that was read" in words(page)
    assert "KES/75/4" in page
    assert re.search(r"<del>at once</del>.*<ins>by night</ins>", page)
    assert "resolves 2" in words(page)


def test_a_bracket_before_a_label_stands_once(cast: Cast) -> None:
    lines = ["MOD\tKES/75/4", "resolves", "1\tto count the lamps;", "2\tto mend the lamps at once;"]
    added = p(ins(r("[3\tto light the coast;]")), mark="ins")
    last = p(r("3\tto report each year."))
    data = docx(*[p(r(line)) for line in lines], added, last)
    client, _page = sent(cast, ("lamps.docx", data))
    shown = words(read(client)).partition(" read KES/75/4")[2]
    assert shown.count("[") == 1


def test_words_of_a_paper_are_words_in_its_report(cast: Cast) -> None:
    client, _page = sent(cast, ("lamps.docx", paper(words="<script>")))
    page = read(client)
    assert "<script>;" not in page
    assert "&lt;script&gt;" in page


def test_a_symbol_that_no_delegation_has_is_told_until_one_has(cast: Cast) -> None:
    client, _page = sent(cast, ("lamps.docx", paper("ISL/79/1")))
    page = read(client)
    assert "No delegation here has the symbol ISL" in words(page)
    Delegation.objects.create(symbol="ISL", name="Islands")
    assert "No delegation here" not in words(read(client))


def test_several_contributions_come_in_at_once_and_wait_in_the_group(cast: Cast) -> None:
    client, page = sent(cast, ("a.docx", paper()), ("b.docx", paper("VAL/70/2")))
    assert "2 papers are being read" in words(page)
    assert {one.file.name for one in PaperImport.objects.all()} == {"a.docx", "b.docx"}
    assert set(PaperImport.objects.values_list("state", flat=True)) == {ImportState.READING}
    assert "a.docx" in page
    assert "b.docx" in page
    assert client.get(BRING_IN).status_code == 200


def test_one_file_that_is_none_keeps_no_other_out(cast: Cast) -> None:
    _client, page = sent(cast, ("a.docx", paper()), ("scan.docx", b"%PDF-1.7"))
    assert [one.file.name for one in PaperImport.objects.all()] == ["a.docx"]
    assert "scan.docx: This is a PDF" in words(page)


@pytest.mark.parametrize(
    ("about", "said"),
    [({"kind": "draft"}, "A draft is brought in alone"), ({"code": "KES/75/4"}, "one paper")],
)
def test_what_is_for_one_paper_is_refused_for_several(
    cast: Cast, about: dict[str, str], said: str
) -> None:
    _client, page = sent(cast, ("a.docx", paper()), ("b.docx", paper()), **about)
    assert said in words(page)
    assert not PaperImport.objects.exists()


def test_nothing_chosen_is_told(cast: Cast) -> None:
    assert "Choose the file first." in words(sent(cast)[1])


def test_the_group_page_leads_the_desk_to_bringing_in_and_to_the_members(cast: Cast) -> None:
    client = Client()
    stella = cast.users["stella"]
    client.force_login(stella)
    address = "/groups/lorne/lamps/"
    page = client.get(address).content.decode()
    assert BRING_IN in page
    assert "Members and mandate" not in page  # the admin does not let her in
    stella.is_staff = stella.is_superuser = True
    stella.save()
    group = AdHocGroup.objects.get(slug="lamps")
    assert f"/admin/drafting/adhocgroup/{group.pk}/" in client.get(address).content.decode()
    client.force_login(cast.users["kes"])
    assert BRING_IN not in client.get(address).content.decode()


def test_a_script_that_sends_files_is_told_where_to_go_and_takes_no_message(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.users["stella"])
    held = [SimpleUploadedFile("a.docx", paper()), SimpleUploadedFile("b.pdf", b"%PDF-1.7")]
    answer = client.post(
        BRING_IN, {"kind": "contribution", "file": held}, headers={"accept": "application/json"}
    )
    page = client.get(answer.json()["next"]).content.decode()
    assert "b.pdf: This is a PDF" in words(page)
    assert "data-reading" in page


def placed_and_sent_again(cast: Cast, code: str) -> tuple[Client, PaperImport]:
    """A paper with this code is placed, and comes again with other words."""
    client, _page = sent(cast, ("lamps.docx", paper(code)))
    assert "stands in this draft already" not in read(client)
    (one,) = PaperImport.objects.all()
    imports.place(cast.actor("stella"), one.pk)
    assert "stands in this draft already" not in client.get(f"/imports/{one.pk}/").content.decode()
    sent(cast, ("corrected.docx", paper(code, words="by day")))
    again = PaperImport.objects.exclude(pk=one.pk).get()
    imports.read(again.pk)
    return client, again


def wording(cast: Cast, code: str) -> str:
    (change,) = ProposedChange.objects.filter(proposal__draft=cast.draft, proposal__code=code)
    return str(change.content)


def test_a_corrected_paper_takes_the_place_of_one_of_which_nothing_came(cast: Cast) -> None:
    client, again = placed_and_sent_again(cast, "KES/1/1")
    page = client.get(f"/imports/{again.pk}/").content.decode()
    assert "may take the place of the earlier one" in words(page)
    assert "Place it in the draft" not in page
    refused = client.post(f"/imports/{again.pk}/place/", follow=True).content.decode()
    assert "was placed before" in words(refused)
    assert "by night" in wording(cast, "KES/1/1")
    client.post(f"/imports/{again.pk}/place/", {"anew": "1"})
    assert "by day" in wording(cast, "KES/1/1")
    assert cast.draft.contributions.get().paper == again
    assert Contribution.history.filter(history_type="-").count() == 1


def test_a_paper_of_which_something_came_keeps_its_place(cast: Cast) -> None:
    client, again = placed_and_sent_again(cast, "KES/75/4")  # the draft holds words of it
    page = client.get(f"/imports/{again.pk}/").content.decode()
    assert "something came of it in the text" in words(page)
    assert f'action="/imports/{again.pk}/place/"' not in page
    answer = client.post(f"/imports/{again.pk}/place/", {"anew": "1"}, follow=True)
    assert "Change it there." in words(answer.content.decode())
    assert "by night" in wording(cast, "KES/75/4")


def test_who_sets_a_first_conference_up_is_shown_where(db: None, admin_client: Client) -> None:
    page = words(admin_client.get("/").content.decode())
    assert "enter yourself in its secretariat" in page
    assert "The secretariat enters you" not in page
