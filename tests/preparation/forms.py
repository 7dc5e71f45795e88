"""A form made for tests: no official one."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String


def made_form(*, xfa: bool = False) -> bytes:
    """Two names of which one is short, a required A-number in cells, a box of lines, two ticks, a button."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(612, 792))
    rows = [
        ("form1[0].Pt1_FamilyName[0]", "Family Name (Last Name)", "/Tx", 0, (50, 700, 350, 718), {}),
        ("form1[0].Pt1_GivenName[0]", "", "/Tx", 0, (50, 670, 110, 688), {}),
        (
            "ANumber",
            "Alien Registration Number (A-Number)",
            "/Tx",
            1 << 1 | 1 << 24,
            (50, 640, 250, 658),
            {"/MaxLen": 11},
        ),
        ("Why", "Reasons", "/Tx", 1 << 12, (50, 500, 350, 560), {}),
        ("City", "City or town", "/Tx", 1 << 1, (50, 460, 350, 478), {}),
        ("Female", "Female", "/Btn", 0, (50, 430, 62, 442), {}),
        ("Male", "Male", "/Btn", 0, (80, 430, 92, 442), {}),
        ("Print", "Print", "/Btn", 1 << 16, (120, 430, 152, 442), {}),
    ]
    widgets = []
    for name, label, kind, flags, rect, more in rows:
        widget = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name(kind),
            T=String(name),
            Ff=flags,
            F=4,
            Rect=Array(list(rect)),
            DA=String("/Helv 10 Tf 0 g"),
            P=page.obj,
        )
        if label:
            widget[Name.TU] = String(label)
        for key, value in more.items():
            widget[Name(key)] = value
        if kind == "/Btn":
            blank = pdf.make_stream(b"", BBox=Array([0, 0, 12, 12]), Type=Name.XObject, Subtype=Name.Form)
            widget[Name.AP] = Dictionary(N=Dictionary(On=blank, Off=blank))
        widgets.append(pdf.make_indirect(widget))
    page.obj[Name.Annots] = Array(widgets)
    pdf.Root[Name.AcroForm] = Dictionary(Fields=Array(widgets), DA=String("/Helv 10 Tf 0 g"))
    if xfa:
        pdf.Root.AcroForm[Name.XFA] = Array([String("template"), pdf.make_stream(b"<xfa/>")])
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def locked(content: bytes, *, user: str = "", owner: str = "owner") -> bytes:
    """The same form under a password."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user=user, owner=owner))
    return out.getvalue()
