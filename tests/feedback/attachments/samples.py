"""Files to attach: honest ones and the other kind, all made here."""

from __future__ import annotations

import io
import zipfile
import zlib

import pikepdf
from PIL import Image

MAKER = "Phone of somebody"


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), turned: int = 1) -> bytes:
    """A picture whose left half is red, with a maker, a place and a comment in it."""
    made = Image.new("RGB", size, "blue")
    made.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = turned, MAKER
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    made.save(out, form, exif=exif)
    return out.getvalue()


def wall_of_pixels(side: int = 9000) -> bytes:
    """A PNG of a few kilobytes that unpacks to hundreds of megabytes."""
    out = io.BytesIO()
    Image.new("1", (side, side)).save(out, "PNG", optimize=True)
    return out.getvalue()


def pdf(*, password: str = "", within: bytes = b"") -> bytes:
    """A PDF with everything in it that must not stay."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(200, 200))
    page.Contents = made.make_stream(b"BT /F1 12 Tf (readable) Tj ET")
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font, AA=font))
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    made.Root.OpenAction = made.make_indirect(script)
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[pikepdf.String("x"), script]))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=script)
    note = pikepdf.Dictionary(Subtype=pikepdf.Name.Text, T=pikepdf.String(MAKER), Contents=pikepdf.String("note"))
    page.Annots = pikepdf.Array([link, note])
    made.attachments["x.exe"] = b"MZ not harmless"
    made.docinfo["/Author"] = MAKER
    with made.open_metadata() as xmp:
        xmp["dc:creator"] = [MAKER]
    if within:
        photo = made.make_stream(within)
        photo.Type, photo.Subtype, photo.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
        photo.Width, photo.Height = 60, 40
        page.Resources.XObject = pikepdf.Dictionary(Im0=photo)
    out = io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(owner=password, user=password) if password else False)
    return out.getvalue()


def pdf_bomb() -> bytes:
    """A PDF of some hundred kilobytes with a stream that unpacks to gigabytes."""
    made = pikepdf.new()
    page = made.add_blank_page()
    packing = zlib.compressobj(9)
    block = b"\0" * (1 << 20)
    packed = b"".join(packing.compress(block) for _ in range(300)) + packing.flush()
    stream = made.make_stream(b"")
    stream.write(packed, filter=pikepdf.Name.FlateDecode)
    page.Contents = stream
    out = io.BytesIO()
    made.save(out, compress_streams=False)
    return out.getvalue()


def archive() -> bytes:
    """A ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("x.txt", "x")
    return out.getvalue()


def disguised_pdf() -> bytes:
    """A PDF whose scripts and launches say of themselves that they are fonts and pictures."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(200, 200))
    font, drawn = pikepdf.Name.Font, pikepdf.Name.XObject
    script = made.make_stream(b"app.alert(1)", Type=drawn)
    named = pikepdf.Dictionary(Type=font, S=pikepdf.Name.JavaScript, JS=script)
    launch = pikepdf.Dictionary(Type=drawn, S=pikepdf.Name.Launch, F=pikepdf.String("x.exe"))
    made.Root.OpenAction = launch
    tree = pikepdf.Dictionary(Type=font, Names=[pikepdf.String("x"), named])
    made.Root.Names = pikepdf.Dictionary(Type=font, JavaScript=tree)
    page.obj.AA = pikepdf.Dictionary(Type=font, O=launch)
    note = pikepdf.Dictionary(Subtype=pikepdf.Name.Text, AA=pikepdf.Dictionary(Type=font, E=launch))
    page.Annots = pikepdf.Array([note])
    out = io.BytesIO()
    made.save(out, compress_streams=False)
    return out.getvalue()
