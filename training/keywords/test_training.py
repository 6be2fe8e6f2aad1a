"""Quick checks of the training room: python3 -m unittest training.keywords.test_training

They need numpy, PyTorch, soundfile and flatbuffers, and say so where one is absent.
"""
import pathlib
import tempfile
import unittest

try:
    import numpy as np
    import torch

    from training import export_tflite
    from training import frontend
    from training import network as net
    from training import quantise
    from training import read_tflite
    from training.keywords import augment
    from training.keywords import card
    from training.keywords import dataset
    from training.keywords import field
    from training.keywords import field_streams
    from training.keywords import fitting
    from training.keywords import recordings
    from training.keywords import smoothing
    from training.keywords import streams
    from training.keywords import torch_sums
    from training.keywords import trainer
    from training.keywords import warp
    from training.keywords.architectures import ARCHITECTURES
    from training.keywords.model import KeywordNet, to_input
    from training.keywords.spotter_process import Heard, Said
    ABSENT = ""
except ImportError as missing:
    ABSENT = f"{missing.name} is not installed"

INPUT_ZERO = -128


@unittest.skipIf(ABSENT, ABSENT)
class Splits(unittest.TestCase):
    """Which recording is for what."""

    def test_reads_the_speaker_with_and_without_the_word_before_it(self):
        self.assertEqual(recordings.speaker_of("0c540988_nohash_0"), "0c540988")
        self.assertEqual(recordings.speaker_of("bird_0c540988_nohash_3"), "0c540988")

    def test_no_speaker_is_on_both_sides(self):
        found = [recordings.Recording(pathlib.Path("x"), "yes", f"{number // 3:08x}") for number in range(900)]
        learnt, held_out = recordings.split(found, 10)
        self.assertFalse({item.speaker for item in learnt} & {item.speaker for item in held_out})
        self.assertEqual(len(learnt) + len(held_out), 900)
        self.assertTrue(45 < len(held_out) < 150, len(held_out))

    def test_words_of_few_speakers_are_split_by_recording(self):
        found = [recordings.Recording(pathlib.Path(f"me_nohash_{number}.wav"), "tea", "me") for number in range(200)]
        learnt, held_out = recordings.split(found, 10)
        self.assertTrue(8 < len(held_out) < 40, len(held_out))
        self.assertEqual(len(learnt) + len(held_out), 200)

    def test_what_a_machine_said_is_never_measured_with(self):
        found = [recordings.Recording(pathlib.Path(f"x_nohash_{number}.wav"), "tea", f"synthetic-en-{number}")
                 for number in range(200)]
        self.assertEqual(recordings.split(found, 50), (found, []))

    def test_reads_speakers_as_the_recorder_names_them(self):
        self.assertEqual(recordings.speaker_of("me_nohash_12"), "me")
        self.assertEqual(recordings.speaker_of("synthetic-en-us-f3_nohash_0"), "synthetic-en-us-f3")

    def test_other_words_are_unknown(self):
        labels = recordings.labels_for(["yes", "no"])
        wanted = {"yes": 2, "no": 3, "stop": 1, "_unknown_": 1, "_silence_": 0}
        self.assertEqual({word: recordings.label_of(word, labels) for word in wanted}, wanted)


@unittest.skipIf(ABSENT, ABSENT)
class Augmentation(unittest.TestCase):
    """What is done to a sound."""

    def setUp(self):
        self.rng = np.random.default_rng(3)

    def test_a_shift_keeps_length_and_fills_with_zeros(self):
        sound = np.arange(1, 6, dtype=np.float32)
        self.assertEqual(augment.shift(sound, 2).tolist(), [0, 0, 1, 2, 3])
        self.assertEqual(augment.shift(sound, -2).tolist(), [3, 4, 5, 0, 0])
        self.assertEqual(augment.shift(sound, 0).tolist(), sound.tolist())

    def test_a_faster_tone_is_shorter_and_higher(self):
        tone = np.sin(2 * np.pi * 400 * np.arange(16000) / 16000).astype(np.float32)
        fast = augment.change_speed(tone, 1.25)
        self.assertEqual(len(fast), 12800)
        peak = np.abs(np.fft.rfft(fast)).argmax() * 16000 / len(fast)
        self.assertAlmostEqual(peak, 500, delta=2)

    def test_another_pitch_keeps_the_length(self):
        tone = np.sin(2 * np.pi * 400 * np.arange(16000) / 16000).astype(np.float32)
        high = augment.change_pitch(tone, 1.2)
        self.assertLess(abs(len(high) - 16000), 800)
        peak = np.abs(np.fft.rfft(high * np.hanning(len(high)))).argmax() * 16000 / len(high)
        self.assertAlmostEqual(peak, 480, delta=8)

    def test_a_warp_of_nothing_changes_nothing_and_silence_stays_silence(self):
        windows = self.rng.integers(-128, 127, (5, 49, 40)).astype(np.int8)
        same = warp.interpolate(windows.astype(np.float32), np.tile(np.arange(49.0), (5, 1)))
        self.assertTrue((same == windows).all())
        silence = np.full((4, 49, 40), -128, np.int8)
        self.assertTrue((warp.vary(silence.copy(), self.rng) == silence).all())

    def test_noise_is_mixed_at_the_asked_distance(self):
        bank = augment.NoiseBank([], self.rng)
        noise = bank.draw(self.rng, 16000)
        mixed = augment.add_noise(np.zeros(16000, np.float32), noise, 0.1, 20.0)
        self.assertAlmostEqual(float(np.sqrt(np.mean(mixed.astype(float) ** 2))), 0.01, places=4)

    def test_finds_where_a_word_is(self):
        sound = self.rng.normal(0, 0.001, 16000).astype(np.float32)
        sound[4800:9600] += np.sin(np.arange(4800) * 0.3).astype(np.float32)
        self.assertEqual(streams.speech_bounds(sound), (4800, 9600))

    def test_windows_of_a_stream_get_the_class_of_what_is_inside(self):
        word = streams.Event(2, 32000, 40000)
        labels = streams.window_labels([word], frontend.frame_count(80000), range(2, 4), 1, 0)
        first = 40000 - frontend.CLIP_SAMPLES
        self.assertEqual(labels[0], 0)
        self.assertEqual(labels[-(-first // 320)], 2)
        self.assertEqual(labels[31900 // 320], 2)
        self.assertEqual(labels[(first - 1600) // 320], streams.UNUSED)
        self.assertEqual(labels[(first - 4800) // 320], 1)
        self.assertEqual(labels[40000 // 320], 0)


@unittest.skipIf(ABSENT, ABSENT)
class Smoothing(unittest.TestCase):
    """From posteriors to words."""

    def test_a_word_counts_once_until_it_is_released(self):
        quiet, said = [127, -128, -128, -128], [-128, -128, 127, -128]
        posteriors = np.array([quiet] * 20 + [said] * 60 + [quiet] * 40 + [said] * 20, np.int8)
        heard = smoothing.decide(posteriors, smoothing.Settings())
        self.assertEqual([one.label for one in heard], [2, 2])

    def test_one_loud_step_is_not_a_word(self):
        posteriors = np.full((40, 4), -128, np.int8)
        posteriors[20, 3] = 127
        self.assertEqual(smoothing.decide(posteriors, smoothing.Settings()), [])

    def test_averages_over_those_there_are(self):
        posteriors = np.array([[127], [-128], [127]], np.int8)
        sums, filled = smoothing.running_sums(posteriors, 2)
        self.assertEqual((sums // filled)[:, 0].tolist(), [255, 127, 127])


def random_network(seed: int):
    """A network with random weights and batch statistics, and random features int8 [60, 49, 40]."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    features = np.clip(rng.normal(-20, 60, (60, 49, 40)), -128, 127).astype(np.int8)
    model = KeywordNet(4, 11)
    for convolution in model.body:
        torch.nn.init.normal_(convolution.norm.weight, 1.0, 0.3)
        torch.nn.init.normal_(convolution.norm.bias, 0.0, 0.3)
    model.train()
    model(to_input(features))
    return model.eval(), features


@unittest.skipIf(ABSENT, ABSENT)
class Quantiser(unittest.TestCase):
    """Folding, integers, files."""

    @classmethod
    def setUpClass(cls):
        torch.set_num_threads(1)
        cls.model, cls.features = random_network(5)
        cls.network = cls.model.fold()
        cls.real = ((cls.features.astype(np.float32) - INPUT_ZERO) * np.float32(frontend.INPUT_SCALE))[..., None]
        source = quantise.Scale(np.float32(frontend.INPUT_SCALE), INPUT_ZERO)
        cls.integer = quantise.quantise(cls.network, source, cls.features[..., None])

    def test_folding_batch_norm_changes_nothing(self):
        with torch.no_grad():
            expected = self.model(to_input(self.features)).numpy()
        found = net.run(self.network, self.real)[-1]
        self.assertLess(np.abs(found - expected).max(), 1e-4 * np.abs(expected).max())

    def test_is_small_enough_for_a_microcontroller(self):
        self.assertLess(net.multiply_accumulates(self.network), 2_500_000)
        self.assertLess(len(export_tflite.serialise(export_tflite.to_graph(self.integer), "")), 100_000)

    def test_integers_stay_close_to_the_float_network(self):
        step = self.integer.steps[-1].output
        found = (quantise.logits(self.integer, self.features[..., None]).astype(float) - step.zero_point) * step.scale
        expected = net.run(self.network, self.real)[-1]
        self.assertLess(np.abs(found - expected).max(), 0.1 * np.ptp(expected))

    def test_sums_by_torch_are_the_same_integers(self):
        slow = quantise.logits(self.integer, self.features[..., None])
        fast = quantise.logits(self.integer, self.features[..., None], torch_sums.accumulate)
        self.assertTrue((slow == fast).all())

    def test_rescale_rounds_twice_as_the_int32_reference_does(self):
        def reference(total: int, real: float) -> int:
            multiplier, shift = quantise.fixed_multiplier(real)
            product = (total << max(shift, 0)) * multiplier + (1 << 30 if total >= 0 else 1 - (1 << 30))
            high = abs(product) // 2**31 * (1 if product >= 0 else -1)
            right = max(-shift, 0)
            floor, rest = divmod(high, 1 << right)
            return floor + (rest > ((1 << right) - 1) // 2 + (high < 0))

        rng = np.random.default_rng(1)
        totals = rng.integers(-2**20, 2**20, 400)
        for real in (0.00037, 0.0123, 0.5, 0.99, 1.7):
            found = quantise.rescale(totals[:, None], np.array([real]))[:, 0]
            self.assertEqual(found.tolist(), [reference(int(total), real) for total in totals])

    def test_pooling_rounds_halves_away_from_zero(self):
        x = np.array([[1, 2], [-1, -2]], np.int8).reshape(2, 2, 1, 1)
        self.assertEqual(quantise.pool(x)[:, 0].tolist(), [2, -2])

    def test_a_written_file_reads_back_as_the_same_network(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "model.tflite"
            export_tflite.write(self.integer, path, "test")
            again = read_tflite.read(path)
            export_tflite.write(self.network, path, "test")
            real = read_tflite.read(path)
        x = self.features[..., None]
        self.assertTrue((quantise.run(again, x) == quantise.run(self.integer, x)).all())
        self.assertTrue((net.run(real, self.real)[-1] == net.run(self.network, self.real)[-1]).all())

    def test_a_file_that_is_no_model_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "model.tflite"
            path.write_bytes(b"\0" * 64)
            with self.assertRaises(ValueError):
                read_tflite.read(path)


@unittest.skipIf(ABSENT, ABSENT)
class Sizes(unittest.TestCase):
    """Three architectures, and which of them fits."""

    def test_grow_and_the_smallest_is_below_20_kb(self):
        sizes = [len(export_tflite.serialise(export_tflite.to_graph(fitting.untrained(name, 4)), ""))
                 for name in ARCHITECTURES]
        self.assertEqual(sizes, sorted(sizes))
        self.assertLess(sizes[0], 20_000)

    def test_reads_sizes_as_people_write_them(self):
        self.assertEqual([fitting.parse_size(text) for text in ("24K", "1m", "100", None)], [24576, 1048576, 100, None])
        with self.assertRaises(ValueError):
            fitting.parse_size("24 KB")

    def test_goes_on_from_a_trained_model(self):
        network = random_network(5)[0].fold()
        again = KeywordNet(4, 11)
        again.start_from(network)
        for mine, theirs in zip(again.fold().layers[:-1], network.layers[:-1]):
            if theirs.weights is not None:
                self.assertLess(np.abs(mine.weights - theirs.weights).max(), 1e-5)
                self.assertLess(np.abs(mine.bias - theirs.bias).max(), 1e-5)
        with self.assertRaises(ValueError):
            KeywordNet(4, 11, ARCHITECTURES["small"]).start_from(network)


@unittest.skipIf(ABSENT, ABSENT)
class Ending(unittest.TestCase):
    """When training ends."""

    def learn(self, steps: int, minutes: float, seconds_a_step: float) -> "trainer.Budget":
        """Steps on a clock of our own until the budget is used up."""
        now = [0.0]
        budget = trainer.Budget(steps, minutes, lambda: now[0])
        while budget.progress() < 1.0:
            now[0] += seconds_a_step
            budget.count()
        return budget

    def test_makes_all_steps_when_there_is_time(self):
        budget = self.learn(1000, 10.0, 0.1)
        self.assertEqual((budget.step, budget.is_cut), (1000, False))

    def test_makes_as_many_as_time_allows_and_says_so(self):
        budget = self.learn(1000, 1.0, 0.2)
        self.assertTrue(budget.is_cut)
        self.assertTrue(280 <= budget.step <= 301, budget.step)

    def test_remembers_the_best_model(self):
        learner = trainer.Trainer(4, 11, ARCHITECTURES["small"])
        for loss in (0.5, 0.3, 0.4, 0.6):
            learner.keep_best(trainer.Check(loss, 0.9))
        self.assertEqual((learner.best_check.loss, learner.checks_since_best), (0.3, 2))

    def test_the_same_seed_gives_the_same_batches(self):
        frames = np.random.default_rng(2).integers(-128, 127, (400, 40)).astype(np.int8)
        pool = dataset.Pool(frames, np.arange(300), np.tile(np.arange(3), 100).astype(np.int8),
                            np.zeros(300, np.int16), (np.arange(300) % 2).astype(np.int8))
        first, second = (trainer.Sampler(pool, 3, np.random.default_rng(9)).batch() for _ in range(2))
        self.assertTrue(all(bool((one == other).all()) for one, other in zip(first, second)))


@unittest.skipIf(ABSENT, ABSENT)
class Field(unittest.TestCase):
    """What is counted in long streams."""

    def test_each_decision_counts_once(self):
        said = [Said("yes", 1000, 1400), Said("no", 3000, 3300), Said("yes", 6000, 6400), Said("no", 9000, 9300)]
        heard = [Heard("yes", 1500), Heard("yes", 1900), Heard("yes", 3400), Heard("no", 9250)]
        tally = field.judge("words", heard, said, 3600.0)
        self.assertEqual((tally.hits, tally.misses(), tally.wrong, tally.false_accepts), (2, 2, 1, 1))
        self.assertEqual(tally.delays_ms, [100, -50])

    def test_bounds_are_those_of_the_poisson_table(self):
        for count, bound in ((0, 2.996), (1, 4.744), (5, 10.513), (20, 29.062)):
            self.assertAlmostEqual(field.most_events(count), bound, places=2)

    def test_leaves_out_sentences_with_a_wanted_word(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "text"
            path.write_text("There is NO warranty for it. Nobody knows the north wind. Short one.")
            self.assertEqual(field_streams.sentences_of([path], ["yes", "no"]), ["Nobody knows the north wind."])

    def test_a_stream_is_as_long_as_asked_and_the_same_again(self):
        def samples():
            noise = augment.NoiseBank([], np.random.default_rng(1))
            material = field_streams.Material(["yes", "no"], [], [], noise, [])
            return np.concatenate(list(field_streams.noise_alone(material, 0.02, 5).chunks))

        first = samples()
        self.assertEqual(len(first), int(0.02 * 3600 * 16000))
        self.assertTrue((first == samples()).all())


@unittest.skipIf(ABSENT, ABSENT)
class Card(unittest.TestCase):
    """Figures of the card."""

    def test_counts_by_group_and_by_speaker(self):
        found = [recordings.Recording(pathlib.Path("x"), "tea", name) for name in ("ann", "bob", "ann")]
        right = np.array([True, False, False])
        self.assertEqual(card.by_group(found, right, {}), {"ann": [1, 2], "bob": [0, 1]})
        self.assertEqual(card.by_group(found, right, {"ann": "adult", "bob": "adult"}), {"adult": [1, 3]})

    def test_names_the_commonest_mistakes(self):
        found = [recordings.Recording(pathlib.Path("x"), "go", "a")] * 4
        pairs = card.worst_pairs(found, ["silence", "unknown", "yes", "no"], np.array([3, 3, 1, 2]))
        self.assertEqual(pairs[0], {"said": "go", "heard": "no", "times": 2, "of": 4})


if __name__ == "__main__":
    unittest.main()
