"""Small synthetic program folders for tests of intake; nobody in them exists."""

from collections.abc import Mapping

SETTINGS = b'plan_date = 2026-11-24\nname = "Example"\nstate = "MD"\npolicy = "maryland"\nseed = 1\n'
HOME_COLUMNS = (
    "home_id,kind,county_fips,licensed_capacity,license_from,license_to,checks_clear_until,"
    "beds_girls,beds_boys,beds_any"
)


def csv(header: str, *rows: str) -> bytes:
    """A file of lines."""
    return ("\n".join((header, *rows)) + "\n").encode()


def folder(**changed: bytes | None) -> dict[str, bytes]:
    """A whole folder: three children in two groups, two homes, counsel, a hearing, a separation, names.

    `changed`: file name with an underscore for the dot → other bytes, or None to leave it out.
    """
    files: dict[str, bytes | None] = {
        "programme.toml": SETTINGS,
        "children.csv": csv(
            "child_id,sibling_group_id,birth_date,sex,languages,country,arrived_on,needs,location_fips",
            "C1,G1,2012-03-04,F,mam;spa,GTM,2026-11-20,,48215",
            "C2,G1,2015-07-08,M,mam,GTM,2026-11-20,,48215",
            "C3,G2,2010-01-02,X,spa,HND,2026-11-21,wheelchair,48215",
        ),
        "homes.csv": csv(
            HOME_COLUMNS + ",age_min,languages,abilities,own_children_birth_dates,cost_cents_per_child_day",
            "H1,foster,24031,4,2026-01-01,2027-12-31,2027-06-30,0,0,4,0,spa,wheelchair,2014-05-06,4100",
            "H2,kin,24005,2,,,2027-06-30,0,0,2,,mam,,,",
        ),
        "kin.csv": csv("sibling_group_id,home_id,sponsor_category,relationship", "G1,H2,2A,aunt"),
        "counsel.csv": csv("counsel_id,courts,open_slots,languages", "K1,BAL,3,spa;eng"),
        "courts.csv": csv("court_code,name,city,state,lat,lon", "BAL,Baltimore,Baltimore,MD,39.29,-76.61"),
        "court_counties.csv": csv("county_fips,court_code", "24031,BAL", "24005,BAL"),
        "hearings.csv": csv("sibling_group_id,court_code,hearing_date", "G1,BAL,2027-02-03"),
        "separations.csv": csv("sibling_group_id,home_id,reason", "G2,H2,conflict in the family"),
        "overrides.csv": csv("action,sibling_group_id,home_id,reason,by", "forbid,G2,H2,too far,R. Example"),
        "openings.csv": csv("home_id,opens_on,closes_on", "H1,2026-12-01,"),
        "people.csv": csv(
            "child_id,given_name,family_name,a_number,birth_country_document",
            "C1,María José,Pérez López,000-000-001,passport 12",
            "C2,Juan,Pérez López,000-000-002,",
            "C3,Ana,Gómez,,",
        ),
        "contacts.csv": csv(
            "home_id,name,street,city,postal_code,phone,email,best_language",
            "H1,Rosa Example,1 Example Street,Rockville,20850,555-0100,rosa@example.org,spa",
            "H2,Ines Example,2 Example Street,Towson,21204,555-0101,,mam",
        ),
    }
    for name, content in changed.items():
        files[".".join(name.rsplit("_", 1))] = content
    return {name: content for name, content in files.items() if content is not None}


def spoiled(files: Mapping[str, bytes], name: str, old: str, new: str) -> dict[str, bytes]:
    """The same files with one text of one file replaced."""
    text = files[name].decode()
    assert old in text
    return {**files, name: text.replace(old, new, 1).encode()}
