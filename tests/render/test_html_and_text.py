"""HTML and plain text: one file each, readable by people and by screen readers."""

from __future__ import annotations

from lxml import html

from drafting.domain.paper import Against
from drafting.render.html import render_html
from drafting.render.txt import render_txt
from tests.render import builders as made


def page(against: Against = Against.BASE, *, spoken: bool = False) -> html.HtmlElement:
    return html.fromstring(render_html(made.full(against), spoken=spoken).decode())


def test_the_page_needs_no_other_file_and_runs_no_script() -> None:
    root = page()
    assert not root.xpath("//script | //link | //img | //@style | //@onclick")
    assert "url(" not in render_html(made.full()).decode()


def test_the_page_says_its_language_title_and_headings() -> None:
    root = page()
    assert (root.get("lang"), root.get("dir")) == ("en", "ltr")
    assert root.xpath("count(//h1)") == 1
    assert [call.text_content() for call in root.xpath("//h2[@class='call']")] == [
        "recalling",
        "resolves",
        "instructs the Secretary-General",
    ]


def test_changes_are_ins_and_del_and_name_their_source() -> None:
    root = page()
    assert root.xpath("//del[text()='Castelmar, 2023']")
    assert root.xpath("//ins[@class='pending']/@title") == ["ISL/79A2/13, CPE/73A1/16"]
    assert root.xpath("//sup[@class='by']/text()") == ["ISL CPE", "NRT"]


def test_every_id_is_given_once_and_every_link_leads_somewhere() -> None:
    root = page()
    ids = root.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert {"p5", "p11"} <= set(ids)
    assert all(link[1:] in ids for link in root.xpath("//a/@href"))


def test_the_page_is_as_clean_as_the_paper() -> None:
    root = page(Against.CLEAN)
    marked = root.xpath("//article//ins | //article//del")
    assert all(change.get("class") == "pending" for change in marked)


def test_markup_in_a_text_is_text() -> None:
    words = '<script>alert("1")</script> & more'
    data = render_html(made.paper(made.wording("p1", made.para(made.keep(words))))).decode()
    assert "<script>" not in data
    assert words in str(html.fromstring(data).xpath("string()"))


def test_the_spoken_page_tells_its_changes_in_words() -> None:
    root = page(spoken=True)
    assert not root.xpath("//article//ins | //article//del")
    assert "[begin deletion] Castelmar, 2023 [end deletion]" in root.text_content()


def test_the_text_has_labels_tabs_and_marks() -> None:
    lines = render_txt(made.full()).decode().split("\n")
    assert "Resolution 64 (Rev. [-Castelmar, 2023-]{+Port Lorne, 2027+})" in lines
    assert "1\tto keep warning networks in repair;" in lines
    assert "[-b)-]\t[-Resolution 31 (Rev. Tarn, 2022) of the Development Assembly;-]" in lines
    assert any("{+ISL CPE: unaltered+} [-NRT: in a form-]" in line for line in lines)


def test_the_clean_text_has_no_marks_but_pending_ones() -> None:
    told = render_txt(made.full(Against.CLEAN)).decode()
    assert "Castelmar, 2023-]" not in told
    assert told.count("{+") == told.count("[-") == 1


def test_the_spoken_text_tells_its_changes_in_words() -> None:
    told = render_txt(made.full(), spoken=True).decode()
    assert "[begin deletion] Castelmar, 2023 [end deletion]" in told
    assert "{+" not in told


def test_notes_are_numbered_where_they_stand_and_told_at_the_end() -> None:
    told = render_txt(made.full()).decode()
    assert "serves nobody (note 1), whatever its reach (note 2);" in told
    assert "\n1\tDrafting note (Chair): To be settled together with instructs 3.\n" in told
