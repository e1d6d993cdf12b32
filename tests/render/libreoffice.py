"""LibreOffice as a second opinion: what a paper says once all changes are accepted or rejected.

One start of the program serves a whole folder of papers. It reads our own files only.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

SOFFICE = shutil.which("soffice")

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Tracked"
 script:language="StarBasic">
Sub Settle(source As String, target As String, command As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim plain(1) As New com.sun.star.beans.PropertyValue
  plain(0).Name = "FilterName"
  plain(0).Value = "Text (encoded)"
  plain(1).Name = "FilterOptions"
  plain(1).Value = "UTF8,LF"
  Dim dispatcher As Object
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  Dim name As String
  name = Dir(ConvertFromURL(source) &amp; "/*.docx")
  While name &lt;&gt; ""
    Dim paper As Object
    paper = StarDesktop.loadComponentFromURL(source &amp; "/" &amp; name, "_blank", 0, hidden())
    dispatcher.executeDispatch( _
      paper.CurrentController.Frame, ".uno:" &amp; command, "", 0, Array())
    paper.storeToURL(target &amp; "/" &amp; name &amp; ".txt", plain())
    paper.close(True)
    name = Dir()
  Wend
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">{elements}</library:library>
"""
_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN"
 "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library"
 xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/{kind}.xlb/"
  xlink:type="simple" library:link="false"/>
</library:libraries>
"""


def settled(papers: dict[str, bytes], command: str, folder: Path) -> dict[str, list[str]]:
    """The lines of each paper after `AcceptAllTrackedChanges` or `RejectAllTrackedChanges`."""
    source, target = folder / "in", folder / command
    for place in (source, target):
        place.mkdir(parents=True, exist_ok=True)
    for name, data in papers.items():
        (source / f"{name}.docx").write_bytes(data)
    macro = f'macro:///Standard.Tracked.Settle("{source.as_uri()}","{target.as_uri()}","{command}")'
    run(["--headless", "--norestore", macro], folder)
    found = {}
    for name in papers:
        words = (target / f"{name}.docx.txt").read_text("utf-8-sig")
        found[name] = words.split("\n")
    return found


def to_pdf(paper: Path, folder: Path) -> Path:
    """The paper as LibreOffice prints it."""
    run(["--headless", "--convert-to", "pdf", "--outdir", str(folder), str(paper)], folder)
    return folder / f"{paper.stem}.pdf"


def run(arguments: list[str], folder: Path) -> None:
    """One start of LibreOffice with a profile of its own."""
    profile = folder / "profile"
    if not profile.exists():  # a first start writes its own macros over whatever it finds
        _start(profile, ["--headless", "--terminate_after_init"])
        _teach(profile)
    _start(profile, arguments)


def _start(profile: Path, arguments: list[str]) -> None:
    assert SOFFICE
    environment = f"-env:UserInstallation={profile.as_uri()}"
    subprocess.run([SOFFICE, environment, *arguments], check=True, capture_output=True, timeout=240)


def _teach(profile: Path) -> None:
    basic = profile / "user" / "basic"
    standard = basic / "Standard"
    standard.mkdir(parents=True, exist_ok=True)
    (standard / "Tracked.xba").write_text(_MACRO)
    element = '<library:element library:name="Tracked"/>'
    (standard / "script.xlb").write_text(_LIBRARY.format(elements=element))
    (standard / "dialog.xlb").write_text(_LIBRARY.format(elements=""))
    for kind in ("script", "dialog"):
        (basic / f"{kind}.xlc").write_text(_LIBRARIES.format(kind=kind))
