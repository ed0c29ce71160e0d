"""Which keys of a PDF's objects are kept, which never, and what the report calls them."""

from submissions.cleaning.listing import names

ROOT = names(
    "/Type /Version /Pages /Dests /Names /PageLayout /ViewerPreferences /StructTreeRoot",
    "/MarkInfo /Lang /OCProperties",
)
PAGE = names(
    "/Type /Parent /Resources /MediaBox /CropBox /BleedBox /TrimBox /ArtBox /Contents /Rotate",
    "/Group /Annots /Tabs /UserUnit /StructParents",
)
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
TAG_TREE = names(
    "/Type /K /IDTree /ParentTree /ParentTreeNextKey /RoleMap /ClassMap /Namespaces",
)
LAYER = {"/Type", "/Name", "/Intent", "/Usage"}
LAYER_USE = {"/Export", "/Zoom", "/Print", "/View", "/PageElement"}
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
