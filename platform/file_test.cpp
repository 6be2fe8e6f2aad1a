// Files: what is read back, what is refused with which words, and that a write is all or nothing.

#include "platform/file.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/machine.hpp"
#include "platform/similar_name.hpp"

namespace verge::platform {
namespace {

namespace fs = std::filesystem;

class File : public ::testing::Test {
protected:
    File() : folder_(TemporaryFolder::create().value()) {}

    [[nodiscard]] std::string path(const std::string& name) const {
        return folder_.path() + "/" + name;
    }

    [[nodiscard]] std::string put(const std::string& name, const std::string& text) const {
        std::ofstream(path(name), std::ios::binary) << text;
        return path(name);
    }

    [[nodiscard]] std::size_t entries() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()));
    }

    TemporaryFolder folder_;
};

TEST_F(File, ReadsBackWhatWasWritten) {
    for (const std::size_t size : {0U, 1U, 65535U, 65536U, 65537U, 300000U}) {
        std::vector<std::byte> bytes(size);
        for (std::size_t i = 0; i < size; ++i) {
            bytes[i] = static_cast<std::byte>(i * 31U);
        }
        ASSERT_TRUE(write_file_atomically(path("a.bin"), bytes).ok());
        EXPECT_EQ(read_file(path("a.bin")).value(), bytes);
        const MappedFile mapped = MappedFile::open(path("a.bin")).value();
        EXPECT_TRUE(std::ranges::equal(mapped.bytes(), bytes));
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(mapped.bytes().data()) % 64, 0U);
    }
    EXPECT_EQ(entries(), 1U) << "an unfinished file was left behind";
}

TEST_F(File, ReadsFilesThatClaimNoSize) {
    EXPECT_NE(read_text_file("/proc/self/status").value().find("VmRSS"), std::string::npos);
    EXPECT_FALSE(MappedFile::open("/proc/self/status").value().bytes().empty());
}

TEST_F(File, RefusesMoreThanTheLimitBeforeReadingIt) {
    const std::string file = put("a.bin", "12345");
    EXPECT_EQ(read_file(file, 4).error().message(), file + ": it has 5 bytes; wanted: at most 4");
    EXPECT_EQ(MappedFile::open(file, 4).error().message(),
              file + ": it has 5 bytes; wanted: at most 4");
    EXPECT_TRUE(read_file(file, 5).ok());
    EXPECT_FALSE(read_file("/dev/zero", 1000).ok()) << "endless input must end at the limit";
}

TEST_F(File, SuggestsTheFileThatWasProbablyMeant) {
    const std::string real = put("keyword_model.tflite", "x");
    const Outcome<std::vector<std::byte>> read = read_file(path("keyward_model.tflit"));
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().what, "there is no such file");
    EXPECT_EQ(read.error().remedy, "did you mean '" + real + "'?");
    EXPECT_EQ(read_file(path("quite_another_thing")).error().remedy,
              "`ls " + folder_.path() + "` lists the files there are");
}

TEST_F(File, NamesTheFolderThatIsMissing) {
    EXPECT_EQ(read_file(path("no/a.bin")).error().what, "there is no folder '" + path("no") + "'");
    EXPECT_EQ(write_text_atomically(path("no/a.bin"), "x").error().what,
              "there is no folder '" + path("no") + "'");
}

TEST_F(File, TellsAFolderThatTakesNoFilesFromOneThatIsMissing) {
    if (fs::exists("/proc/self")) {
        const Error error = write_text_atomically("/proc/verge.vrg", "x").error();
        EXPECT_EQ(error.what, "the folder '/proc' takes no new files");
        EXPECT_EQ(error.remedy, "choose another path");
    }
    EXPECT_EQ(write_text_atomically(put("a.bin", "x") + "/b.bin", "x").error().what,
              "'" + path("a.bin") + "' is no folder");
}

TEST_F(File, CreatesAFolderButNotTheOnesAroundIt) {
    EXPECT_TRUE(create_folder(path("new")).ok());
    EXPECT_TRUE(create_folder(path("new")).ok()) << "it is there";
    EXPECT_EQ(create_folder(path("no/new")).error().what,
              "there is no folder '" + path("no") + "'");
    EXPECT_EQ(create_folder(put("a.bin", "x")).error().what, "it is a file");
}

TEST_F(File, RefusesAFolderInPlaceOfAFile) {
    EXPECT_EQ(read_file(folder_.path()).error().what, "it is a folder");
    EXPECT_EQ(MappedFile::open(folder_.path()).error().what, "it is a folder");
    EXPECT_EQ(write_text_atomically(folder_.path(), "x").error().what, "it is a folder");
}

TEST_F(File, SaysWhenThereIsNoPermission) {
    const std::string file = put("secret.bin", "x");
    ASSERT_EQ(::chmod(file.c_str(), 0), 0);
    if (::geteuid() == 0) {
        GTEST_SKIP() << "root may read everything";
    }
    EXPECT_EQ(read_file(file).error().what, "there is no permission to read it");
}

TEST_F(File, KeepsThePermissionsAndTheLinkOfWhatItReplaces) {
    const std::string file = put("run.sh", "old");
    ASSERT_EQ(::chmod(file.c_str(), 0750), 0);
    fs::create_symlink(file, path("link"));
    ASSERT_TRUE(write_text_atomically(path("link"), "new").ok());
    EXPECT_TRUE(fs::is_symlink(path("link")));
    EXPECT_EQ(read_text_file(file).value(), "new");
    struct stat status{};
    ASSERT_EQ(::stat(file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777U, 0750U);
}

TEST_F(File, WritesStraightIntoADeviceAndNeverReplacesIt) {
    ASSERT_TRUE(write_text_atomically("/dev/null", "x").ok());
    EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(File, LeavesTheOldFileWhenTheNewOneCannotBeWritten) {
    EXPECT_FALSE(write_text_atomically("/dev/full", "x").ok());
    EXPECT_EQ(write_text_atomically("/proc/verge", "x").ok(), false);
    EXPECT_EQ(entries(), 0U);
}

TEST_F(File, MapsWhatStaysValidWhenItIsMoved) {
    MappedFile first = MappedFile::open(put("a.bin", "abc")).value();
    const std::byte* base = first.bytes().data();
    const MappedFile second = std::move(first);
    EXPECT_EQ(second.bytes().data(), base);
    EXPECT_EQ(second.bytes().size(), 3U);
}

TEST_F(File, StreamsAPipeInPiecesUntilItsEnd) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    Descriptor writer(ends[1]);
    InputStream stream = InputStream::open("/dev/fd/" + std::to_string(ends[0])).value();
    std::array<std::byte, 4> chunk{};
    ASSERT_TRUE(write_all(writer.get(), std::as_bytes(std::span("abcdef", 6)), "pipe").ok());
    EXPECT_EQ(stream.read(chunk).value(), 4U);
    EXPECT_EQ(std::memcmp(chunk.data(), "abcd", 4), 0);
    EXPECT_EQ(stream.read(chunk).value(), 2U);
    writer.close();
    EXPECT_EQ(stream.read(chunk).value(), 0U);
    ::close(ends[0]);
}

TEST(SimilarName, IgnoresCaseAndPrefersTheNearest) {
    const std::vector<std::string> names = {"compile", "inspect", "bench", "emulate"};
    EXPECT_EQ(closest_name("Compil", names), "compile");
    EXPECT_EQ(closest_name("benhc", names), "bench");
    EXPECT_EQ(closest_name("xyz", names), "");
    EXPECT_EQ(closest_name("", names), "");
    EXPECT_EQ(closest_name("ab", std::vector<std::string>{"cd"}), "") << "nothing in common";
}

}  // namespace
}  // namespace verge::platform
