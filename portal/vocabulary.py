"""Words for synthetic load: names, places and neutral prose, all drawn by the chance given.

Nothing here is about anyone: the words say what any working day is made of.
"""

from portal.growing import Chance


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


FIRST = words(
    "Ada Alba Amos Anya Aron Bela Beth Carl Cleo Cora Dale Dena Drew Edie Elia Enid Esra Ezra "
    "Faye Finn Gail Gwen Hans Hope Iris Ivan Jade Joel June Kari Lana Leif Lena Lila Luca Maya "
    "Milo Mina Nell Nico Nora Odin Omar Opal Otto Peri Quin Rafi Rhea Rory Rosa Saul Sana Tess "
    "Toma Uma Vera Wes Yara Zoe"
)
LAST = words(
    "Abbey Alder Archer Barlow Baxter Becker Bishop Calder Carver Chandler Cooper Dalton Draper "
    "Ellis Falconer Fisher Fletcher Foster Gardner Glover Harper Hollis Hunter Ingram Jarvis "
    "Keller Lambert Lawson Marlow Mercer Miller Norris Osborn Parker Porter Potter Quill Ramsey "
    "Reeve Sadler Sawyer Sexton Shepherd Slater Spencer Tanner Thatcher Turner Tyler Vance "
    "Wainwright Walker Weaver Webster Wheeler Winslow Woods Yates York Zeller"
)
LAND = words(
    "Alder Amber Aspen Birch Bluff Cedar Clay Cloud Copper Coral Creek Dune Elm Fern Field Flint "
    "Glen Granite Grove Hazel Heron Juniper Laurel Maple"
)
WATER = words("bay bend bridge brook falls ford harbor lake mill point rapids ridge shore spring")
KINDS = words("Elementary Middle High Academy")
WORDS = words(
    "a after again all also and another as ask at aim begin before board both build calm card "
    "chart choose circle class clear close compare count day draw each early easy end evening "
    "example explain fair few find first follow for four from give goal group half hand hear help "
    "hour idea in into keep kind know last late learn lesson letter line list listen little long "
    "look make many map mark meet model more morning move much name near new next note number of "
    "often on one open order other pair page paper part pass path pause people place plan plain "
    "point practice question quiet read reason record room round rule same say second see share "
    "short show side sign simple sit slow small sort sound start step story strong sum table take "
    "talk team tell text than that the their then there third this three through time to together "
    "topic try turn two under unit use voice walk watch way week well what when where while who "
    "why with word work write year"
)
SENTENCE = 10  # words in each
SENTENCES = 250  # kept ready for one batch


class Writer:
    """Writes prose of a wanted length out of sentences it made up beforehand."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.sentences = [self.sentence() for _number in range(SENTENCES)]

    def sentence(self) -> str:
        """Ten words with a capital and a period."""
        return " ".join(self.chance.choices(WORDS, k=SENTENCE)).capitalize() + "."

    def text(self, words: int) -> str:
        """Prose of at least so many words: whole sentences only."""
        return " ".join(self.chance.choices(self.sentences, k=-(-words // SENTENCE)))


def person(chance: Chance) -> str:
    """A first and a last name."""
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}"


def school(number: int) -> str:
    """The name of the school with this number; after some hundreds they come round again."""
    return f"{LAND[number % len(LAND)]} {KINDS[number // len(LAND) % len(KINDS)]}"


def district(number: int) -> str:
    """The name of the district with this number; after some hundreds they come round again."""
    return f"{LAND[number % len(LAND)]}{WATER[number // len(LAND) % len(WATER)]} Unified"


DISTRICTS = len(LAND) * len(WATER)
SCHOOLS = len(LAND) * len(KINDS)
