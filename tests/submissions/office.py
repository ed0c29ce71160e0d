"""Word, PowerPoint and Excel files made part by part, with a canary in every field that tells."""

from tests.submissions import samples
from tests.submissions.samples import CANARY, KEPT, RAW

DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PKG = "http://schemas.openxmlformats.org/package/2006"
MS = "http://schemas.microsoft.com/office"
TYPE = "application/vnd.openxmlformats-officedocument"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:s="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    f'xmlns:r="{DOC}" xmlns:w14="{MS}/word/2010/wordml" '
    f'xmlns:x15ac="{MS}/spreadsheetml/2010/11/ac" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:xr="{MS}/spreadsheetml/2014/revision" '
    f'xmlns:asvg="{MS}/drawing/2016/SVG/main"'
)


def part(root, inner="", **attributes):
    """An XML part with an XML comment that tells, too."""
    given = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<?xml version='1.0'?><!-- {CANARY} --><{root} {SPACES}{given}>{inner}</{root}>"


def rels(*rows):
    """A relationships part from (id, kind, target) with an outside target marked by a plus."""
    lines = []
    for name, kind, target in rows:
        mode = ' TargetMode="External"' if target.startswith("+") else ""
        base = kind if "://" in kind else f"{DOC}/{kind}"
        lines.append(
            f'<Relationship Id="{name}" Type="{base}" Target="{target.lstrip("+")}"{mode}/>'
        )
    return f'<Relationships xmlns="{PKG}/relationships">{"".join(lines)}</Relationships>'


def types(**overrides):
    """The content types: a short word stands for the long name."""
    rows = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in (
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", f"{TYPE}.wordprocessingml.styles+xml"),
            ("jpg", "image/jpeg"),
            ("vml", f"{TYPE}.vmlDrawing"),
            ("bin", "application/octet-stream"),
            ("xlsx", f"{TYPE}.spreadsheetml.sheet"),
        )
    )
    return f'<Types xmlns="{PKG}/content-types">{defaults}{rows}</Types>'


def properties():
    """The three parts of document properties, all telling."""
    core = (
        f'<cp:coreProperties xmlns:cp="{PKG}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{CANARY}</dc:creator>'
        f"<cp:lastModifiedBy>{CANARY}</cp:lastModifiedBy><dc:title>{CANARY}</dc:title>"
        "</cp:coreProperties>"
    )
    app = f"<Properties><Company>{CANARY}</Company><Manager>{CANARY}</Manager></Properties>"
    return {
        "docProps/core.xml": core,
        "docProps/app.xml": app,
        "docProps/custom.xml": f"<Properties><p>{CANARY}</p></Properties>",
        "docProps/thumbnail.jpeg": samples.jpeg(),
    }


def root_rels(main):
    return rels(
        ("rId1", "officeDocument", main),
        ("rId2", f"{PKG}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("rId3", "extended-properties", "docProps/app.xml"),
        ("rId4", "custom-properties", "docProps/custom.xml"),
        ("rId5", f"{PKG}/relationships/metadata/thumbnail", "docProps/thumbnail.jpeg"),
    )


def zipped(members):
    """The file, with a telling comment on the zip itself."""
    data = samples.archive(members)
    return data[:-2] + len(RAW).to_bytes(2, "little") + RAW


def run(text, properties=""):
    return f'<w:r w:rsidR="00{CANARY}"><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>'


def mark(kind, inner="", who=f'w:id="1" w:author="{CANARY}" w:date="2026-01-01T00:00:00Z"'):
    return f"<w:{kind} {who}>{inner}</w:{kind}>"


def field(code, shown):
    """A complex field over several runs."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def picture(embed="rIdPic", extra=""):
    return (
        f'<w:drawing><wp:inline><wp:docPr id="7" name="{CANARY}" '
        f'descr="C:\\Users\\{CANARY}\\class.jpg"/><a:graphic><a:graphicData><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="8" name="{CANARY}.jpg" descr="A class at work"/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{embed}" {extra}/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def bound_control():
    return (
        f'<w:sdt><w:sdtPr><w:dataBinding w:xpath="/cp:coreProperties/dc:creator" '
        f'w:storeItemID="{{{CANARY}}}"/></w:sdtPr><w:sdtContent>{run(CANARY)}</w:sdtContent></w:sdt>'
    )


def embedded_book():
    return (
        f'<w:r><w:object><v:shape alt="{CANARY}.xlsx" o:gfxdata="{CANARY}"/>'
        '<o:OLEObject Type="Embed" r:id="rIdBook"/></w:object></w:r>'
    )


def word_body():
    deleted_end = f"<w:pPr><w:rPr>{mark('del')}</w:rPr></w:pPr>"
    return "".join(
        f"<w:p>{inner}</w:p>"
        for inner in (
            run(KEPT) + mark("ins", run("Inserted words")) + mark("del", run(CANARY)),
            mark("moveFrom", run(CANARY)) + mark("moveTo", run("Moved words")),
            run("Formatted", mark("rPrChange", "<w:rPr/>")),
            deleted_end + mark("del", run(CANARY)),
            '<w:commentRangeStart w:id="0"/>' + run("Commented words"),
            '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
            f'<w:fldSimple w:instr=" AUTHOR ">{run(CANARY)}</w:fldSimple>',
            f'<w:fldSimple w:instr=" INCLUDETEXT c:\\{CANARY}.doc ">{run("Fetched")}</w:fldSimple>',
            '<w:fldSimple w:instr=" PAGE ">' + run("1") + "</w:fldSimple>",
            field(f'FILENAME \\p "{CANARY}"', CANARY),
            field(f'HYPERLINK "file:///C:/{CANARY}"', "Plain words of a link"),
            field('HYPERLINK "https://example.org/a"', "Linked words"),
            field(f'IF x {field("AUTHOR", CANARY)} ""', "Nested words"),
            f'<w:hyperlink r:id="rIdMail">{run("Mail words")}</w:hyperlink>',
            f'<w:hyperlink r:id="rIdWeb">{run("Web words")}</w:hyperlink>',
            f'<w:smartTag w:element="{CANARY}"><w:smartTagPr/>{run("Smart words")}</w:smartTag>',
            f'<w:permStart w:id="1" w:ed="{CANARY}"/><w:permEnd w:id="1"/>',
            bound_control(),
            f"<w:r>{picture()}</w:r>",
            f"<w:r>{picture('rIdFar')}</w:r>",
            mark("del", f"<w:r>{picture('rIdGone')}</w:r>"),
            embedded_book(),
        )
    ) + (
        f"<w:tbl><w:tr><w:trPr>{mark('del')}</w:trPr><w:tc><w:p>{run(CANARY)}</w:p></w:tc></w:tr>"
        f"<w:tr><w:tc><w:p>{run('Cell words')}</w:p></w:tc></w:tr></w:tbl><w:sectPr/>"
    )


def word_settings():
    return part(
        "w:settings",
        f'<w:zoom w:percent="100"/><w:writeProtection w:hash="{CANARY}"/>'
        f'<w:attachedTemplate r:id="rIdT"/><w:docVars><w:docVar w:name="{CANARY}"/></w:docVars>'
        f'<w:rsids><w:rsid w:val="{CANARY}"/></w:rsids><w:mailMerge>{CANARY}</w:mailMerge>'
        f'<w:defaultTabStop w:val="720"/><w14:docId w14:val="{CANARY}"/>',
    )


def word(**changes):
    """A Word file; ``changes`` replace or add parts by their name with / for __."""
    main = f"{TYPE}.wordprocessingml.document.main+xml"
    members = {
        "[Content_Types].xml": types(**{"word/document.xml": main}),
        "_rels/.rels": root_rels("word/document.xml"),
        **properties(),
        "word/document.xml": part("w:document", f"<w:body>{word_body()}</w:body>"),
        "word/_rels/document.xml.rels": rels(
            ("rIdSet", "settings", "settings.xml"),
            ("rIdSty", "styles", "styles.xml"),
            ("rIdHead", "header", f"{CANARY}.xml"),
            ("rIdCom", "comments", "comments.xml"),
            ("rIdEx", f"{MS}/2011/relationships/commentsExtended", "commentsExtended.xml"),
            ("rIdPeo", f"{MS}/2011/relationships/people", "people.xml"),
            ("rIdXml", "customXml", "../customXml/item1.xml"),
            ("rIdGlo", "glossaryDocument", "glossary/document.xml"),
            ("rIdPic", "image", f"media/{CANARY}.jpg"),
            ("rIdFar", "image", f"+https://example.org/{CANARY}.jpg"),
            ("rIdGone", "image", "media/gone.jpg"),
            ("rIdMail", "hyperlink", f"+mailto:{CANARY}@example.org"),
            ("rIdWeb", "hyperlink", "+https://example.org/web"),
            ("rIdBook", "package", "embeddings/book.xlsx"),
            ("rIdPrint", "printerSettings", "printer.bin"),
        ),
        "word/settings.xml": word_settings(),
        "word/_rels/settings.xml.rels": rels(
            ("rIdT", "attachedTemplate", f"+file:///C:/Users/{CANARY}/plan.dotx")
        ),
        "word/styles.xml": part(
            "w:styles", f'<w:style w:styleId="a"><w:rsid w:val="{CANARY}"/></w:style>'
        ),
        f"word/{CANARY}.xml": part(
            "w:hdr", f"<w:p>{run('Header words')}{field('AUTHOR', CANARY)}</w:p>"
        ),
        "word/comments.xml": part("w:comments", mark("comment", run(CANARY)) * 3),
        "word/commentsExtended.xml": part("w:x", CANARY),
        "word/people.xml": part("w:people", CANARY),
        "word/glossary/document.xml": part("w:x", CANARY),
        "word/media/" + CANARY + ".jpg": samples.jpeg(),
        "word/media/gone.jpg": samples.jpeg(),
        "word/embeddings/book.xlsx": sheets(),
        "word/printer.bin": RAW,
        "word/left_over.xml": part("w:x", CANARY),
        "customXml/item1.xml": part("w:x", CANARY),
    }
    return zipped(members | {name.replace("__", "/"): data for name, data in changes.items()})


def slides(**changes):
    """A PowerPoint file of one slide with notes."""
    base = f"{TYPE}.presentationml"
    overrides = {
        "ppt/presentation.xml": f"{base}.presentation.main+xml",
        "ppt/slides/slide1.xml": f"{base}.slide+xml",
        "ppt/notesSlides/notesSlide1.xml": f"{base}.notesSlide+xml",
    }
    shape = (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="{CANARY}" title="{CANARY}.pptx">'
        '<a:hlinkClick r:id="rIdMail"/></p:cNvPr></p:nvSpPr><p:txBody><a:p><a:r><a:rPr>'
        f'<a:hlinkClick r:id="rIdWeb"/></a:rPr><a:t>{KEPT}</a:t></a:r></a:p></p:txBody></p:sp>'
    )
    photo = (
        f'<p:pic><p:nvPicPr><p:cNvPr id="3" name="{CANARY}"/></p:nvPicPr><p:blipFill>'
        f'<a:blip r:embed="rIdPic" r:link="rIdFar"><a:extLst><a:ext uri="x"><asvg:svgBlip '
        f'r:embed="rIdSvg"/></a:ext></a:extLst></a:blip></p:blipFill></p:pic>'
    )
    members = {
        "[Content_Types].xml": types(**overrides),
        "_rels/.rels": root_rels("/ppt/presentation.xml"),
        **properties(),
        "ppt/presentation.xml": part(
            "p:presentation",
            f'<p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst><p:sldSz cx="1" cy="1"/>'
            f'<p:custDataLst><p:tags r:id="rIdTag"/></p:custDataLst>'
            f'<p:modifyVerifier hashData="{CANARY}"/>',
        ),
        "ppt/_rels/presentation.xml.rels": rels(
            ("rId1", "slide", "slides/slide1.xml"),
            ("rIdTag", "tags", "tags/tag1.xml"),
            ("rIdAut", "commentAuthors", "commentAuthors.xml"),
            ("rIdNew", f"{MS}/2018/10/relationships/authors", "authors.xml"),
            ("rIdChg", f"{MS}/2016/11/relationships/changesInfo", "changesInfos/changesInfo1.xml"),
            ("rIdPrn", "printerSettings", "printerSettings/printerSettings1.bin"),
            ("rIdView", "viewProps", "viewProps.xml"),
        ),
        "ppt/slides/slide1.xml": part(
            "p:sld", f"<p:cSld><p:spTree>{shape}{photo}</p:spTree></p:cSld>"
        ),
        "ppt/slides/_rels/slide1.xml.rels": rels(
            ("rIdNotes", "notesSlide", "../notesSlides/notesSlide1.xml"),
            ("rIdWeb", "hyperlink", "+https://example.org/web"),
            ("rIdMail", "hyperlink", f"+mailto:{CANARY}@example.org"),
            ("rIdPic", "image", "../media/image1.jpg"),
            ("rIdFar", "image", f"+file:///C:/{CANARY}.jpg"),
            ("rIdSvg", "image", "../media/image2.svg"),
            ("rIdCm", "comments", "../comments/comment1.xml"),
            ("rIdTags", "tags", "../tags/tag1.xml"),
        ),
        "ppt/notesSlides/notesSlide1.xml": part("p:notes", "<a:t>Speaker words</a:t>"),
        "ppt/notesSlides/_rels/notesSlide1.xml.rels": rels(
            ("rId1", "slide", "../slides/slide1.xml")
        ),
        "ppt/comments/comment1.xml": part("p:cmLst", f'<p:cm authorId="{CANARY}"/>'),
        "ppt/commentAuthors.xml": part("p:x", CANARY),
        "ppt/authors.xml": part("p:x", CANARY),
        "ppt/changesInfos/changesInfo1.xml": part("p:x", CANARY),
        "ppt/printerSettings/printerSettings1.bin": RAW,
        "ppt/viewProps.xml": part("p:x", CANARY),
        "ppt/tags/tag1.xml": part("p:x", CANARY),
        "ppt/media/image1.jpg": samples.jpeg(),
        "ppt/media/image2.svg": f"<svg>{CANARY}</svg>",
    }
    return zipped(members | {name.replace("__", "/"): data for name, data in changes.items()})


def sheets(**changes):
    """An Excel file of a visible and a hidden sheet, with a chart and a tie to another file."""
    base = f"{TYPE}.spreadsheetml"
    overrides = {
        "xl/workbook.xml": f"{base}.sheet.main+xml",
        "xl/worksheets/sheet1.xml": f"{base}.worksheet+xml",
        "xl/worksheets/sheet2.xml": f"{base}.worksheet+xml",
        "xl/charts/chart1.xml": f"{TYPE}.drawingml.chart+xml",
        "xl/drawings/drawing1.xml": f"{TYPE}.drawing+xml",
    }
    members = {
        "[Content_Types].xml": types(**overrides),
        "_rels/.rels": root_rels("xl/workbook.xml"),
        **properties(),
        "xl/workbook.xml": part(
            "s:workbook",
            f'<s:fileSharing userName="{CANARY}"/><mc:AlternateContent><mc:Choice>'
            f'<x15ac:absPath url="C:\\Users\\{CANARY}\\"/></mc:Choice></mc:AlternateContent>'
            f'<xr:revisionPtr documentId="{CANARY}"/><s:sheets>'
            '<s:sheet name="Grades" sheetId="1" r:id="rId1"/>'
            '<s:sheet name="Notes" sheetId="2" state="hidden" r:id="rId2"/></s:sheets>'
            '<s:externalReferences><s:externalReference r:id="rIdExt"/></s:externalReferences>'
            f'<s:definedNames><s:definedName name="n" comment="{CANARY}">Grades!$A$1'
            "</s:definedName>"
            '<s:definedName name="far">[1]Other!$A$1</s:definedName></s:definedNames>'
            f'<s:customWorkbookViews><s:customWorkbookView name="{CANARY}"/>'
            "</s:customWorkbookViews>",
        ),
        "xl/_rels/workbook.xml.rels": rels(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "worksheet", "worksheets/sheet2.xml"),
            ("rIdExt", "externalLink", "externalLinks/externalLink1.xml"),
            ("rIdCon", "connections", "connections.xml"),
            ("rIdPer", f"{MS}/2017/10/relationships/person", "persons/person.xml"),
        ),
        "xl/worksheets/sheet1.xml": part(
            "s:worksheet",
            f'<s:sheetData><s:row><s:c t="inlineStr"><s:is><s:t>{KEPT}</s:t></s:is></s:c>'
            "<s:c><s:f>SUM(1,2)</s:f><s:v>3</s:v></s:c>"
            "<s:c><s:f>[1]Other!A1*2</s:f><s:v>84</s:v></s:c>"
            "<s:c><s:f>Table1[1]</s:f><s:v>5</s:v></s:c></s:row></s:sheetData>"
            f'<s:scenarios><s:scenario name="s" user="{CANARY}" comment="{CANARY}"/></s:scenarios>'
            '<s:hyperlinks><s:hyperlink ref="A1" r:id="rIdWeb"/>'
            f'<s:hyperlink ref="A2" r:id="rIdFile" tooltip="C:\\{CANARY}"/></s:hyperlinks>'
            '<s:pageSetup orientation="landscape" r:id="rIdPrn"/><s:drawing r:id="rIdDraw"/>'
            '<s:legacyDrawing r:id="rIdVml"/>',
            **{"xr:uid": CANARY},
        ),
        "xl/worksheets/_rels/sheet1.xml.rels": rels(
            ("rIdWeb", "hyperlink", "+https://example.org/web"),
            ("rIdFile", "hyperlink", f"+file:///C:/{CANARY}.xlsx"),
            ("rIdPrn", "printerSettings", "../printerSettings/printerSettings1.bin"),
            ("rIdDraw", "drawing", "../drawings/drawing1.xml"),
            ("rIdVml", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("rIdCom", "comments", "../comments1.xml"),
            ("rIdThr", f"{MS}/2017/10/relationships/threadedComment", "../threaded.xml"),
        ),
        "xl/worksheets/sheet2.xml": part("s:worksheet", "<s:sheetData/>"),
        "xl/drawings/drawing1.xml": part("s:wsDr", '<c:chart r:id="rIdChart"/>'),
        "xl/drawings/_rels/drawing1.xml.rels": rels(("rIdChart", "chart", "../charts/chart1.xml")),
        "xl/charts/chart1.xml": part(
            "c:chartSpace",
            f"<c:f>'[{CANARY}.xlsx]Grades'!$A$1</c:f><c:externalData r:id=\"rIdData\"/>",
        ),
        "xl/charts/_rels/chart1.xml.rels": rels(
            ("rIdData", "oleObjectLink", f"+file:///C:/{CANARY}.xlsx")
        ),
        "xl/externalLinks/externalLink1.xml": part("s:externalLink", CANARY),
        "xl/connections.xml": part("s:connections", CANARY),
        "xl/persons/person.xml": part("s:x", CANARY),
        "xl/printerSettings/printerSettings1.bin": CANARY.encode("utf-16-le"),
        "xl/drawings/vmlDrawing1.vml": f"<xml>{CANARY}</xml>",
        "xl/comments1.xml": part("s:comments", f"<s:comment>{CANARY}</s:comment>" * 2),
        "xl/threaded.xml": part("s:x", f"<s:threadedComment>{CANARY}</s:threadedComment>"),
    }
    return zipped(members | {name.replace("__", "/"): data for name, data in changes.items()})
