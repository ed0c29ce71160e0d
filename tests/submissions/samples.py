"""Files made in code: a canary in every field that can tell of a person, content beside it."""

import io
import struct
import zipfile
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, PngImagePlugin

CANARY = "CANARYJANEDOE"
RAW = CANARY.encode()
KEPT = "Visible lesson text"


def encodings():
    return [RAW, CANARY.encode("utf-16-le"), CANARY.encode("utf-16-be"), RAW.hex().encode()]


def hits(data):
    """Where the canary still sings: in the bytes, in zip members, in unpacked PDF streams."""
    found = ["bytes"] if any(code in data for code in encodings()) else []
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            for member in zipped.infolist():
                name = member.filename
                found += [f"{name}: name"] if CANARY in name else []
                found += [f"{name}: {hit}" for hit in hits(zipped.read(member))]
    if data.startswith(b"%PDF"):
        found += pdf_hits(data)
    return found


def pdf_hits(data):
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(
            stream,
            fix_metadata_version=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    plain = stream.getvalue().lower()
    return ["unpacked"] if any(code.lower() in plain for code in encodings()) else []


def exif(orientation=1):
    tags = Image.Exif()
    tags[0x013B] = CANARY
    tags[0x8298] = CANARY
    tags[0x010F] = CANARY
    tags[0x0110] = CANARY
    tags[0x0131] = CANARY
    tags[0x010E] = CANARY
    tags[0x0112] = orientation
    tags[0x9C9D] = CANARY.encode("utf-16-le")
    tags.get_ifd(0x8769)[0xA430] = CANARY
    tags.get_ifd(0x8769)[0xA431] = CANARY
    tags.get_ifd(0x8825)[29] = CANARY
    return tags


def pattern(size=(60, 40), mode="RGB"):
    """A picture whose corners differ, so that a turn shows."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    image.paste("blue", (size[0] // 2, size[1] // 2, *size))
    return image.convert(mode)


def saved(image, kind, **options):
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def jpeg(orientation=1, **options):
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{CANARY}</x:xmpmeta>".encode()
    data = saved(
        pattern(), "JPEG", exif=exif(orientation), comment=RAW, xmp=xmp, quality=95, **options
    )
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x20" + RAW
    segment = b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc
    return data[:2] + segment + data[2:] + b"trailer" + RAW + archive({"a.txt": RAW})


def png():
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", CANARY)
    told.add_text("Comment", CANARY, zip=True)
    told.add_itxt("XML:com.adobe.xmp", CANARY)
    return saved(pattern(mode="RGBA"), "PNG", pnginfo=told, exif=exif()) + RAW


def bomb(width, height):
    """A tiny PNG that claims to be huge."""
    data = saved(pattern((1, 1)), "PNG")
    head = b"IHDR" + struct.pack(">LL", width, height) + data[24:29]
    return data[:12] + head + struct.pack(">L", zlib.crc32(head)) + data[33:]


def gif():
    frames = [pattern(), pattern().rotate(180)]
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:], comment=RAW)


def webp():
    return saved(pattern(), "WEBP", exif=exif(), xmp=RAW, lossless=True)


def tiff():
    return saved(pattern(), "TIFF", tiffinfo=exif())


def archive(members, **options):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **options) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return stream.getvalue()


def page_with_text(pdf, text=KEPT):
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page = pdf.add_blank_page(page_size=(300, 200))
    page.obj.Resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary())
    page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
    return page


def plain_pdf(pages=1):
    pdf = pikepdf.new()
    for _ in range(pages):
        page_with_text(pdf)
    return pdf_bytes(pdf)


def pdf_bytes(pdf, **options):
    """The file; with ``as_is`` its streams stay packed as they were made."""
    if options.pop("as_is", False):
        options |= {"compress_streams": False}
        options["stream_decode_level"] = pikepdf.StreamDecodeLevel.none
    stream = io.BytesIO()
    pdf.save(stream, fix_metadata_version=False, **options)
    return stream.getvalue()


def told_stream(pdf):
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{CANARY}</x:xmpmeta>".encode()
    return pdf.make_stream(xmp, Type=Name.Metadata, Subtype=Name.XML)


def attachment(pdf):
    data = pdf.make_stream(RAW, Type=Name.EmbeddedFile)
    return pdf.make_indirect(
        Dictionary(Type=Name.Filespec, F=String(CANARY), UF=String(CANARY), EF=Dictionary(F=data))
    )


def telling_pdf():
    """One PDF with the canary in every place of SAFETY F7 and section 2, rows 16-22."""
    pdf = pikepdf.new()
    page = page_with_text(pdf)
    second = page_with_text(pdf)
    tell_root(pdf)
    tell_page(pdf, page)
    tell_layers(pdf)
    page.obj.Annots = pdf.make_indirect(Array(annotations(pdf, second)))
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Author=String(CANARY), Creator=String(CANARY), Title=String(CANARY), Own=String(CANARY)
        )
    )
    return revised(pdf_bytes(pdf))


def tell_root(pdf):
    script = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{CANARY}')"))
    pdf.Root.Metadata = told_stream(pdf)
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.PieceInfo = Dictionary(App=Dictionary(Private=String(CANARY)))
    pdf.Root.AF = Array([attachment(pdf)])
    pdf.Root.URI = Dictionary(Base=String(f"https://{CANARY}.example/"))
    pdf.Root.Names = Dictionary(
        EmbeddedFiles=Dictionary(Names=Array([String(CANARY), attachment(pdf)])),
        JavaScript=Dictionary(Names=Array([String(CANARY), script])),
    )
    title = pdf.make_indirect(Dictionary(Title=String(CANARY)))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=title, Last=title, Count=1))
    pdf.Root.Threads = Array([Dictionary(I=Dictionary(Author=String(CANARY)))])
    tag = pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.Figure,
            T=String(CANARY),
            Alt=String(f"C:\\Users\\{CANARY}\\class.jpg"),
        )
    )
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=tag))


def tell_page(pdf, page):
    page.obj.Metadata = told_stream(pdf)
    page.obj.PieceInfo = Dictionary(App=Dictionary(Private=String(CANARY)))
    page.obj.LastModified = String(CANARY)
    page.obj.Thumb = pdf.make_stream(RAW, Width=1, Height=1)
    page.obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String(CANARY)))
    page.obj.OwnKey = String(CANARY)
    picture = pdf.make_stream(
        jpeg(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=60,
        Height=40,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
        Metadata=told_stream(pdf),
        OwnKey=String(CANARY),
    )
    drawing = pdf.make_stream(
        b"0 0 m", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1])
    )
    drawing["/PTEX.FileName"] = String(f"/home/{CANARY}/figure.pdf")
    drawing.Metadata = told_stream(pdf)
    page.obj.Resources.XObject = Dictionary(Im1=picture, Fm1=drawing)
    page.obj.Resources.Properties = Dictionary(P1=Dictionary(Metadata=told_stream(pdf)))


def tell_layers(pdf):
    layer = pdf.make_indirect(
        Dictionary(
            Type=Name.OCG,
            Name=String(CANARY),
            Usage=Dictionary(
                CreatorInfo=Dictionary(Creator=String(CANARY)), User=Dictionary(Name=String(CANARY))
            ),
        )
    )
    order = Dictionary(Order=Array([layer]), Name=String(CANARY), Creator=String(CANARY))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=order, Configs=Array([order]))


def annotations(pdf, second):
    def note(subtype, **keys):
        keys |= {"T": String(CANARY), "NM": String(CANARY), "M": String(CANARY)}
        box = Array([10, 10, 50, 50])
        return pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=subtype, Rect=box, **keys))

    def link(action):
        return note(Name.Link, A=action)

    return [
        note(Name.Text, Contents=String("A note on the lesson"), Subj=String(CANARY)),
        note(Name.FreeText, Contents=String("Typed on the page"), RC=String(CANARY)),
        note(Name.Highlight, QuadPoints=Array([0] * 8)),
        note(Name.Popup),
        note(Name.FileAttachment, FS=attachment(pdf)),
        note(Name.Screen, A=Dictionary(S=Name.Rendition, JS=String(CANARY))),
        link(Dictionary(S=Name.URI, URI=String("https://example.org/lesson"))),
        link(Dictionary(S=Name.URI, URI=String(f"mailto:{CANARY}@example.org"))),
        link(Dictionary(S=Name.URI, URI=String(f"https://{CANARY}:x@example.org/"))),
        link(Dictionary(S=Name.URI, URI=String(f"file:///C:/Users/{CANARY}/a.docx"))),
        link(Dictionary(S=Name.Launch, F=String(f"C:\\Users\\{CANARY}"))),
        link(Dictionary(S=Name.GoToR, F=String(CANARY), D=Array([0, Name.Fit]))),
        link(Dictionary(S=Name.JavaScript, JS=String(CANARY))),
        link(Dictionary(S=Name.GoTo, D=Array([second.obj, Name.Fit]), Next=Dictionary(F=CANARY))),
        link(Dictionary(S=Name.Named, N=Name.NextPage)),
        note(Name.Link, Dest=Array([second.obj, Name.Fit])),
    ]


def revised(data):
    """The same PDF with an earlier revision in front: the canary in an object nobody uses now."""
    start = data.rindex(b"startxref")
    old = int(data[start:].split()[1])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        size = int(pdf.trailer.Size)
        root, info = pdf.Root.objgen, pdf.trailer.Info.objgen
    place = len(data) + 1
    body = f"\n{size} 0 obj\n({CANARY} earlier)\nendobj\n".encode()
    table = f"xref\n{size} 1\n{place:010} 00000 n \n".encode()
    refers = f"/Root {root[0]} {root[1]} R /Info {info[0]} {info[1]} R /Prev {old}"
    trailer = f"trailer\n<< /Size {size + 1} {refers} >>\n".encode()
    tail = f"startxref\n{len(data) + len(body)}\n%%EOF\n".encode()
    return data + body + table + trailer + tail


def filled_form():
    """A form with a filled field, a hidden value, and a signature."""
    pdf = pikepdf.new()
    page = page_with_text(pdf)
    font = page.obj.Resources.Font
    look = pdf.make_stream(
        b"BT /F1 10 Tf 2 5 Td (Filled in by hand) Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 100, 20]),
        Resources=Dictionary(Font=font),
    )

    def widget(kind, **keys):
        keys |= {"T": String(CANARY), "V": String(CANARY), "TU": String(CANARY)}
        box = Array([20, 20, 120, 40])
        return pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=kind, Rect=box, F=4, **keys)
        )

    field = widget(Name.Tx, AP=Dictionary(N=look))
    hidden = widget(Name.Tx)
    signature = widget(Name.Sig, AP=Dictionary(N=look))
    signature.V = Dictionary(Type=Name.Sig, Name=String(CANARY), Location=String(CANARY))
    page.obj.Annots = Array([field, hidden, signature])
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field, hidden, signature]), NeedAppearances=True, XFA=String(CANARY)
    )
    return pdf_bytes(pdf)
