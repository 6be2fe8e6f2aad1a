"""Words and sentences said by espeak-ng: the wanted words in many voices, and much that is none of them."""
import itertools
import shutil
import subprocess
from dataclasses import dataclass

import numpy as np

from training import audio

ACCENTS = ("en-us", "en-us", "en-us", "en-gb", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan",
           "en-gb-x-gbcwmd", "en-029", "en-us-nyc")
VARIANTS = ("", "", "", "+m1", "+m2", "+m3", "+m4", "+m5", "+m6", "+m7", "+f1", "+f2", "+f3", "+f4", "+f5",
            "+klatt", "+klatt2", "+klatt3", "+klatt4", "+steph", "+linda", "+adam", "+edward", "+max", "+robert",
            "+belinda", "+announcer", "+grandma", "+john", "+michael", "+victor", "+anika", "+caleb", "+travis")
ESPEAK_HZ = 22050
WAV_HEADER_BYTES = 44

OTHER_WORDS = tuple("""
    stop left right house seven up down on off go one two three four five six eight nine zero ten bed bird cat dog
    happy marvin sheila tree wow backward forward follow learn visual now new low slow grow toe row goat note nose
    nor knee night noise gnome own alone so show snow home phone door more your yet yell yellow yard yeah guess less
    mess chess dress press rest best test west east case face space gas us bus this is it his kiss miss ice nice
    hello good morning water light lamp kitchen window table paper music play pause open close start begin computer
    machine engine river mountain summer winter apple orange banana bread coffee please thanks maybe never always
    into under over about after before again little people woman man children school city street garden moon sun
    star ship train plane car road bridge green red blue white black brown""".split())

SENTENCES = (
    "the quick brown fox jumps over the lazy dog", "please turn the light in the kitchen off",
    "stop the engine and go left at the house", "seven people went down the road", "open the window and close the door",
    "it is a nice morning in the garden", "the children play music after school", "turn right at the next street",
    "one two three four five six seven eight nine", "go up the stairs and follow the dog",
    "i would like a cup of coffee and some bread", "the train leaves the city at half past ten",
    "never touch the machine while it runs", "she goes home when the moon is over the river",
    "we learn about the stars in winter", "put the paper on the table under the lamp", "what time is it now",
    "how are you today my friend", "the best guess is less than a mess", "alone on the slow boat down the river",
    "he showed me the way over the bridge", "a message from the press came last night",
    "let us rest here before we go on", "those roses grow in the snow", "this is the house that jack built",
    "wait for the green light then start", "my phone rings in the other room", "the west wind blows so low",
    "left right left right stop", "on and off and up and down", "good evening ladies and gentlemen",
    "the weather will be cold with some rain", "he plays chess with his best friend", "tell me a story about a ship")


@dataclass(frozen=True)
class Manner:
    """How espeak-ng speaks: a voice, words per minute, pitch 0 to 99."""
    voice: str
    words_per_minute: int
    pitch: int


def is_available() -> bool:
    """Whether espeak-ng is installed."""
    return shutil.which("espeak-ng") is not None


def random_manner(rng: np.random.Generator) -> Manner:
    """Any accent with any variant."""
    return Manner(str(rng.choice(ACCENTS)) + str(rng.choice(VARIANTS)), int(rng.integers(95, 215)),
                  int(rng.integers(15, 85)))


def say(text: str, manner: Manner) -> np.ndarray:
    """The sound of a text, silence at its ends cut."""
    wav = subprocess.run(
        ["espeak-ng", "-v", manner.voice, "-s", str(manner.words_per_minute), "-p", str(manner.pitch), "--stdout",
         text], check=True, capture_output=True).stdout
    pcm = np.frombuffer(wav[WAV_HEADER_BYTES:len(wav) - len(wav) % 2], dtype="<i2")
    loud = np.flatnonzero(np.abs(pcm.astype(np.int32)) > 30)
    if len(loud) == 0:
        return np.zeros(0, np.float32)
    spoken = pcm[loud[0]:loud[-1] + 1].astype(np.float32) / 32768.0
    return audio.resample(np.pad(spoken, 400), ESPEAK_HZ)[250:-250]


def say_all(texts, rng: np.random.Generator, times: int) -> list[np.ndarray]:
    """Each text so many times, each time in another manner; what stays silent is left out."""
    sounds = (say(text, random_manner(rng)) for text, _ in itertools.product(texts, range(times)))
    return [sound for sound in sounds if len(sound)]


def other_words(wanted: list[str]) -> list[str]:
    """Words that are none of the wanted ones."""
    return [word for word in OTHER_WORDS if word not in wanted]


def other_sentences(wanted: list[str]) -> list[str]:
    """Sentences in which no wanted word stands."""
    return [text for text in SENTENCES if not set(wanted) & set(text.split())]
