#!/usr/bin/env bash
# The demonstration of ./try: speech made on the spot, heard by the keyword spotter on this machine and by its firmware
# on an emulated Cortex-M4. Writes speech.wav and heard.svg into out/.
#
# Use: tools/demo.sh [BUILD FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
voice=en-us
words="Stop. ... Left. ... Yes. ... House. ... Seven. ... No. ... Right. ... Down."

mkdir -p out
espeak-ng -v "$voice" -s 120 -w out/speech.wav "$words"
echo "espeak-ng ($voice) says: $words"
echo
"$build/bin/keyword_spotter" out/speech.wav --board mps2-an386 --picture out/heard.svg
echo
echo "Picture: out/heard.svg (waveform, features, smoothed posteriors, LED). Sound: out/speech.wav."
echo "Your own recording: $build/bin/keyword_spotter FILE.wav --board mps2-an386 --picture out/mine.svg"
