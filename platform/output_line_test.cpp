// The file form, and what is refused: this machine need not have a GPIO chip.

#include "platform/output_line.hpp"

#include <gtest/gtest.h>

#include "platform/file.hpp"
#include "platform/machine.hpp"

namespace verge::platform {
namespace {

std::string refusal_of(const std::string& name) {
    const auto line = OutputLine::open(name, "test");
    return line.ok() ? "it was opened" : line.error().message();
}

TEST(OutputLine, SwitchesAPlainFileWhereNoChipIs) {
    const auto folder = TemporaryFolder::create();
    ASSERT_TRUE(folder.ok());
    const std::string path = folder.value().path() + "/lamp";
    for (const std::string& name : {path, path + ":17"}) {
        auto line = OutputLine::open(name, "test");
        ASSERT_TRUE(line.ok());
        EXPECT_EQ(read_text_file(path).value(), "0\n");
        ASSERT_TRUE(line.value().set(true).ok());
        EXPECT_EQ(read_text_file(path).value(), "1\n");
        ASSERT_TRUE(line.value().set(false).ok());
        EXPECT_EQ(read_text_file(path).value(), "0\n");
    }
}

TEST(OutputLine, SaysThatTheChipIsNotThereAndWhatToDo) {
    EXPECT_NE(refusal_of("gpiochip999:1").find("/dev/gpiochip999"), std::string::npos);
    EXPECT_NE(refusal_of("/dev/null:1").find("it is no GPIO chip"), std::string::npos);
}

TEST(OutputLine, RefusesNamesWithoutALine) {
    for (const char* name : {"gpiochip0", "gpiochip0:", "gpiochip0:one", "gpiochip0:-1",
                             "./lamp:", "gpiochip0:99999999999"}) {
        EXPECT_NE(refusal_of(name).find("names no line"), std::string::npos) << name;
    }
}

TEST(OutputLine, SaysThatTheFileCannotBeWritten) {
    EXPECT_NE(refusal_of("/missing-folder/lamp").find("/missing-folder/lamp"), std::string::npos);
}

}  // namespace
}  // namespace verge::platform
