"""Which keys of a PDF's objects are kept, which never, and what the report calls them."""

from submissions.cleaning.listing import names

ROOT = names(
    "/Type /Version /Pages /PageLayout /ViewerPreferences /StructTreeRoot /MarkInfo /Lang",
    "/OCProperties",
)
PAGE = names(
    "/Type /Parent /Resources /MediaBox /CropBox /BleedBox /TrimBox /ArtBox /Contents /Rotate",
    "/Group /Annots /Tabs /UserUnit /StructParents",
)
TAB_ORDERS = names("/R /C /S /A /W")
STREAM = {"/Length", "/Filter", "/DecodeParms"}
PICTURE = STREAM | names(
    "/Type /Subtype /Width /Height /ColorSpace /BitsPerComponent /Intent /ImageMask /Mask",
    "/Decode /Interpolate /SMask /SMaskInData /Matte /StructParent /OC",
)
DRAWING = STREAM | names(
    "/Type /Subtype /FormType /BBox /Matrix /Resources /Group /StructParent /StructParents",
    "/OC",
)
TAG = names(
    "/Type /S /P /Pg /K /A /C /R /Lang /Alt /E /ActualText /NS /Ref /Obj /Stm /StmOwn /MCID",
)
TAG_TREE = {"/Type", "/K", "/ParentTree", "/ParentTreeNextKey", "/Namespaces"}
VIEW = {"/Direction", "/NonFullScreenPageMode"}
MARKED = {"/Marked", "/Suspects"}
RESOURCES = names("/ExtGState /ColorSpace /Pattern /Shading /XObject /Font /Properties")
LAYER = {"/Type", "/Name", "/Intent", "/Usage"}
LAYER_USE = {"/Export", "/Zoom", "/Print", "/View", "/PageElement"}
LAYERS = {"/OCGs", "/D"}
LAYERS_SHOWN = names("/BaseState /ON /OFF /Intent /AS /Order /ListMode /RBGroups /Locked")
FONT = names(
    "/Type /Subtype /BaseFont /FirstChar /LastChar /Widths /FontDescriptor /Encoding /ToUnicode",
    "/DescendantFonts /CIDSystemInfo /CIDToGIDMap /DW /W /DW2 /W2 /FontBBox /FontMatrix",
    "/CharProcs /Resources",
)
FONT_DESCRIPTOR = names(
    "/Type /FontName /FontStretch /FontWeight /Flags /FontBBox /ItalicAngle /Ascent /Descent",
    "/Leading /CapHeight /XHeight /StemV /StemH /AvgWidth /MaxWidth /MissingWidth /FontFile",
    "/FontFile2 /FontFile3 /CharSet /Style /Lang /FD /CIDSet",
)
BY_TYPE = {
    "/Font": FONT,
    "/FontDescriptor": FONT_DESCRIPTOR,
    "/OCMD": {"/Type", "/OCGs", "/P", "/VE"},
    "/OCG": LAYER,
    "/Namespace": {"/Type", "/NS"},
}
NEVER = names(
    "/Metadata /PieceInfo /LastModified /AA /OpenAction /JS /JavaScript /EmbeddedFiles /EF",
    "/AF /Thumb /OPI /Author /Creator /Producer /CreationDate /ModDate /CreatorInfo",
    "/SpiderInfo /FFilter /FDecodeParms",
)
FOUND = {
    "/Metadata": "document metadata",
    "/PieceInfo": "data of the program it was made with",
    "/AA": "scripts and actions",
    "/OpenAction": "scripts and actions",
    "/JS": "scripts and actions",
    "/Thumb": "preview pictures",
    "/AF": "attached files and media",
}
INFO = {
    "/Author": "author name",
    "/Creator": "software name",
    "/Producer": "software name",
    "/Title": "document title",
    "/Subject": "document title",
    "/Keywords": "document title",
    "/CreationDate": "date and time",
    "/ModDate": "date and time",
}
