"""OpenDocument files made part by part, with a canary in every field that tells."""

import base64
import io
import zipfile

from submissions.cleaning.odf.names import SPACES
from tests.submissions import office, samples
from tests.submissions.samples import CANARY, KEPT, RAW

KIND = "application/vnd.oasis.opendocument"
TEXT, SLIDES, SHEETS = f"{KIND}.text", f"{KIND}.presentation", f"{KIND}.spreadsheet"
KNOWN = " ".join(f'xmlns:{name}="{space}"' for name, space in SPACES.items() if name != "xml")
FOREIGN = f'xmlns:own="urn:{CANARY}" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
AUTHOR = f"<dc:creator>{CANARY}</dc:creator><dc:date>{CANARY}</dc:date>"
CHANGE = f"<office:change-info>{AUTHOR}</office:change-info>"
RSIDS = 'officeooo:rsid="0012ab" officeooo:paragraph-rsid="0012ab"'
PATH = f"C:\\Users\\{CANARY}\\class.jpg"


def part(root, inner="", **attributes):
    """An XML part, its root with foreign attributes and a comment before it."""
    given = "".join(f' {key.replace("__", ":")}="{value}"' for key, value in attributes.items())
    head = f"<?xml version='1.0' encoding='UTF-8'?><!-- {CANARY} --><?own {CANARY}?>"
    told = f'own:id="{CANARY}" xhtml:about="{CANARY}" office:version="1.3"'
    return f"{head}<{root} {KNOWN} {FOREIGN} {told}{given}>{inner}</{root}>"


def zipped(media_type, members):
    """A package: what it is comes first, as it stands."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        if media_type:
            package.writestr(zipfile.ZipInfo("mimetype"), media_type)
        for name, content in members.items():
            package.writestr(name, content)
    return stream.getvalue()


def meta():
    """The properties, all telling."""
    told = (
        f"<dc:title>{CANARY}</dc:title><dc:creator>{CANARY}</dc:creator>"
        f"<meta:initial-creator>{CANARY}</meta:initial-creator>"
        f"<meta:printed-by>{CANARY}</meta:printed-by><meta:generator>{CANARY}</meta:generator>"
        f'<meta:template xlink:href="file:///home/{CANARY}/x.ott" xlink:title="{CANARY}"/>'
        f'<meta:user-defined meta:name="{CANARY}">{CANARY}</meta:user-defined>'
    )
    return part("office:document-meta", f"<office:meta>{told}</office:meta>")


def settings():
    """Settings: one switch that matters among those that tell."""

    def item(name, kind, value):
        return (
            f'<config:config-item config:name="{name}" config:type="{kind}">{value}'
            "</config:config-item>"
        )

    items = (
        item("AddParaTableSpacing", "boolean", "true")
        + item("PrinterName", "string", CANARY)
        + item("PrinterSetup", "base64Binary", base64.b64encode(RAW).decode())
        + item("Rsid", "int", "1234567")
        + item("CurrentDatabaseDataSource", "string", CANARY)
        + item(CANARY, "boolean", "true")
        + item("TabOverflow", "boolean", CANARY)
    )
    named = 'config:name="ooo:configuration-settings"'
    sets = f"<config:config-item-set {named}>{items}</config:config-item-set>"
    return part("office:document-settings", f"<office:settings>{sets}</office:settings>")


def manifest(*names, extra=""):
    """The list of parts."""
    rows = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml">{extra}'
        "</manifest:file-entry>"
        for name in ("/", *names)
    )
    return part("manifest:manifest", rows)


def beside():
    """What lies beside the content and must stay behind."""
    return {
        "meta.xml": meta(),
        "settings.xml": settings(),
        "manifest.rdf": f"<rdf>{CANARY}</rdf>",
        "layout-cache": RAW,
        "Thumbnails/thumbnail.png": samples.png(),
        "Configurations2/accelerator/current.xml": f"<a>{CANARY}</a>",
        "META-INF/documentsignatures.xml": f"<a>{CANARY}</a>",
        "META-INF/manifest.xml": manifest("content.xml", "styles.xml"),
        "Versions/Version1": RAW,
        "Fonts/font1.ttf": RAW,
        "Basic/script-lc.xml": "<library/>",
        f"{CANARY}.bin": RAW,
    }


def automatic(inner=""):
    """Automatic styles with ids of editing sessions."""
    return (
        "<office:automatic-styles>"
        f'<style:style style:name="P1" style:family="paragraph"><style:text-properties {RSIDS}/>'
        f"</style:style>{inner}</office:automatic-styles>"
    )


def frame(href="Pictures/class.jpg", extra=""):
    """A picture whose name, path and description tell."""
    return (
        f'<draw:frame draw:name="{CANARY}" xml:id="{CANARY}f" draw:id="{CANARY}f">'
        f'<draw:image xlink:href="{href}" xlink:title="{CANARY}" draw:filter-name="{CANARY}"/>'
        f"{extra}<svg:desc>{PATH}</svg:desc></draw:frame>"
    )


FIELDS = "".join(
    f"<text:{name}>{CANARY}</text:{name}>"
    for name in (
        *("author-name", "author-initials", "initial-creator", "creator", "printed-by"),
        *("sender-firstname", "sender-email", "sender-company", "file-name", "template-name"),
    )
)
SHOWN_FIELDS = (
    f'<text:title own:x="{CANARY}">Shown title</text:title>'
    f'<text:variable-set text:name="{CANARY}" text:formula="{CANARY}">Set words</text:variable-set>'
    f'<text:user-field-get text:name="{CANARY}">Got words</text:user-field-get>'
    f'<text:hidden-text text:string-value="{CANARY}" text:condition="{CANARY}"/>'
    f'<text:conditional-text text:string-value-if-true="{CANARY}">Chosen</text:conditional-text>'
    f'<text:database-display text:database-name="{CANARY}">Row words</text:database-display>'
    "<text:page-number>1</text:page-number>"
)
LINKS = (
    '<text:a xlink:href="https://example.org/lesson">Open web</text:a>'
    f'<text:a xlink:href="mailto:{CANARY}@example.org">Mail words</text:a>'
    f'<text:a xlink:href="file:///home/{CANARY}/a.odt">File words<text:span>!</text:span></text:a>'
    f'<text:a xlink:href="../{CANARY}.odt">Near words</text:a>'
    f'<text:a xlink:href="#{CANARY}">Jump words</text:a>'
)
TRACKED = (
    "<text:tracked-changes>"
    f'<text:changed-region text:id="ct1"><text:deletion>{CHANGE}<text:p>{CANARY}</text:p>'
    "</text:deletion></text:changed-region>"
    f'<text:changed-region text:id="ct2"><text:insertion>{CHANGE}</text:insertion>'
    "</text:changed-region></text:tracked-changes>"
)
NOTE = (
    f'<office:annotation office:name="{CANARY}" loext:resolved="false">{AUTHOR}'
    f"<meta:creator-initials>{CANARY}</meta:creator-initials><text:p>{CANARY}</text:p>"
    f'</office:annotation><office:annotation-end office:name="{CANARY}"/>'
)
FORMS = (
    f'<office:forms><form:form form:name="{CANARY}" xlink:href="https://{CANARY}.example/">'
    f'<form:text form:name="{CANARY}" form:current-value="{CANARY}"/></form:form></office:forms>'
)


def text(*, body="", members=None):
    """A text document that tells in every way; the words of the lesson stay."""
    words = (
        f"{FORMS}{TRACKED}<text:user-field-decls><text:user-field-decl "
        f'office:string-value="{CANARY}" text:name="{CANARY}"/></text:user-field-decls>'
        f'<text:p text:style-name="P1" own:x="{CANARY}">{KEPT}'
        f'<text:change text:change-id="ct1"/><text:change-start text:change-id="ct2"/> inserted'
        f'<text:change-end text:change-id="ct2"/>{NOTE}<own:part>{CANARY}</own:part> tail</text:p>'
        f'<text:p><text:bookmark text:name="{CANARY}"/>Place {FIELDS}{SHOWN_FIELDS}</text:p>'
        f"<text:p>{LINKS}</text:p><text:p>{frame()}</text:p>"
        f'<text:section text:name="S" text:protection-key="{CANARY}"><text:section-source '
        f'xlink:href="file:///home/{CANARY}/part.odt"/><text:p>Section words</text:p>'
        f'</text:section><text:p><draw:control draw:control="{CANARY}"/>'
        f'<text:meta xml:id="{CANARY}">Meta words</text:meta></text:p>{body}'
    )
    content = f"{automatic()}<office:body><office:text>{words}</office:text></office:body>"
    return zipped(TEXT, package(content, members))


def package(content, members=None):
    """The members of a file with this content."""
    header = (
        '<office:master-styles><style:master-page style:name="Standard"><style:header>'
        f"<text:p>Header words {FIELDS}</text:p></style:header></style:master-page>"
        "</office:master-styles>"
    )
    look = (
        f'<office:font-face-decls><style:font-face style:name="F"><svg:font-face-src>'
        f'<svg:font-face-uri xlink:href="Fonts/{CANARY}.ttf"/></svg:font-face-src>'
        f"</style:font-face></office:font-face-decls><office:styles><draw:fill-image "
        f'draw:name="Fill" xlink:href="Pictures/class.jpg"/></office:styles>'
    )
    return {
        "content.xml": part("office:document-content", content),
        "styles.xml": part("office:document-styles", look + header),
        "Pictures/class.jpg": samples.jpeg(),
        **beside(),
        **(members or {}),
    }


def slides(*, page="", members=None):
    """A presentation of two slides with notes."""
    sound = f'<presentation:sound xlink:href="file:///{CANARY}.wav"/>'
    jump = (
        '<office:event-listeners><presentation:event-listener script:event-name="dom:click" '
        f'presentation:action="show" xlink:href="file:///home/{CANARY}/next.odp"/>'
        "</office:event-listeners>"
    )
    first = (
        f'<draw:page draw:name="page1" draw:id="{CANARY}" xml:id="{CANARY}">{NOTE}'
        f'<draw:frame draw:name="{CANARY}"><draw:text-box><text:p>{KEPT}{FIELDS}</text:p>'
        f"</draw:text-box></draw:frame>{frame(extra=jump)}"
        f'<anim:par smil:targetElement="{CANARY}">{sound}</anim:par>'
        f"<presentation:notes><text:p>Spoken words</text:p></presentation:notes>{page}</draw:page>"
    )
    second = '<draw:page draw:name="page2"><text:p>Second slide</text:p></draw:page>'
    body = f"<office:presentation>{first}{second}</office:presentation>"
    content = f"{automatic()}<office:body>{body}</office:body>"
    return zipped(SLIDES, package(content, members))


CHART = part(
    "office:document-content",
    '<office:body><office:chart><chart:chart xlink:href=".." chart:class="chart:bar">'
    f"<chart:title><text:p>Chart words</text:p></chart:title>{NOTE}</chart:chart></office:chart>"
    "</office:body>",
)
MATH = part("math:math", f'<math:mi mathvariant="bold" class="{CANARY}">x</math:mi>')


def embedded(name):
    """A frame with an object and the picture that stands in for it."""
    return (
        f'<draw:frame><draw:object xlink:href="./{name}"/>'
        f'<draw:image xlink:href="./ObjectReplacements/{name}"/></draw:frame>'
    )


def objects():
    """A chart, a formula, and Office files inside."""
    return {
        "Object 1/content.xml": CHART,
        "Object 1/meta.xml": meta(),
        "Object 1/settings.xml": settings(),
        "Object 2/content.xml": MATH,
        "Object 3": office.sheets(),
        "Object 4": text(),
        "ObjectReplacements/Object 1": b"VCLMTF" + RAW,
        "ObjectReplacements/Object 3": samples.png(),
    }


def sheets(*, table="", members=None):
    """A workbook with values, formulas, ties to other files and a hidden sheet."""
    rows = (
        f'<table:table-row><table:table-cell office:value="2" office:value-type="float">'
        f"<text:p>2</text:p>{NOTE}</table:table-cell>"
        '<table:table-cell table:formula="of:=[.A1]*2" office:value="4"><text:p>4</text:p>'
        f"</table:table-cell><table:table-cell table:formula=\"of:='file:///home/{CANARY}/o.ods'"
        '#$Sheet1.A1" office:value="7"><text:p>7</text:p></table:table-cell>'
        f'<table:table-cell table:formula="of:=HYPERLINK(&quot;C:\\{CANARY}&quot;)">'
        f"<text:p>Linked</text:p></table:table-cell></table:table-row>"
    )
    hidden = (
        '<style:style style:name="ta2" style:family="table"><style:table-properties '
        'table:display="false"/></style:style>'
    )
    tables = (
        f"<table:tracked-changes><table:cell-content-change>{CHANGE}<table:previous>"
        f"<text:p>{CANARY}</text:p></table:previous></table:cell-content-change>"
        "</table:tracked-changes>"
        f'<table:table table:name="Grades" table:protection-key="{CANARY}">'
        f'<table:table-source xlink:href="../{CANARY}.ods"/>{rows}{table}</table:table>'
        '<table:table table:name="Hidden" table:style-name="ta2"><table:table-row/></table:table>'
        f"<table:table table:name=\"'file:///home/{CANARY}/o.ods'#$Sheet1\"><table:table-row/>"
        '</table:table><table:database-ranges><table:database-range table:name="r">'
        f'<table:database-source-sql table:database-name="{CANARY}" '
        f'table:sql-statement="{CANARY}"/></table:database-range></table:database-ranges>'
        f"<table:dde-links><table:dde-link>{CANARY}</table:dde-link></table:dde-links>"
    )
    body = f"<office:spreadsheet>{tables}</office:spreadsheet>"
    content = f"{automatic(hidden)}<office:body>{body}</office:body>"
    return zipped(SHEETS, package(content, members))


def with_objects():
    """A workbook with everything that can be inside one."""
    inside = "".join(embedded(f"Object {number}") for number in (1, 2, 3, 4))
    return sheets(table=f"<table:shapes>{inside}</table:shapes>", members=objects())
