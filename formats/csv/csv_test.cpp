// CSV and data lists: quoting, line numbers, and lists that people get wrong.

#include "formats/csv/csv.hpp"

#include <random>

#include <gtest/gtest.h>

#include "formats/csv/data_list.hpp"

namespace verge::csv {
namespace {

using Fields = std::vector<std::string>;

std::vector<Fields> fields_of(std::string_view text) {
    std::vector<Fields> all;
    const std::vector<Row> rows = parse_csv(text).value();
    for (const Row& row : rows) {
        all.push_back(row.fields);
    }
    return all;
}

std::string message_of(std::string_view text) {
    const auto rows = parse_csv(text);
    return rows.ok() ? "" : rows.error().message();
}

std::string list_message_of(std::string_view text) {
    const auto rows = read_data_list(text, "");
    return rows.ok() ? "" : rows.error().message();
}

std::string in_quotes(const std::string& field) {
    std::string text = "\"";
    for (const char letter : field) {
        text += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    }
    return text + "\"";
}

TEST(Csv, ReadsQuotesCommasAndBothLineEnds) {
    EXPECT_EQ(fields_of("a,b\r\n\"x,y\",\"say \"\"hi\"\"\"\n,\n"),
              (std::vector<Fields>{{"a", "b"}, {"x,y", "say \"hi\""}, {"", ""}}));
    EXPECT_EQ(fields_of("\xEF\xBB\xBF"
                        "a\n\n\r\nb"),
              (std::vector<Fields>{{"a"}, {"b"}}));
    EXPECT_EQ(fields_of("a,"), (std::vector<Fields>{{"a", ""}}));
    EXPECT_TRUE(fields_of("").empty());
}

TEST(Csv, CountsLinesThroughQuotedLineBreaks) {
    const auto rows = parse_csv("a\n\"1\n2\n3\"\n\nb\n").value();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[1].line, 2U);
    EXPECT_EQ(rows[1].fields[0], "1\n2\n3");
    EXPECT_EQ(rows[2].line, 6U);
}

TEST(Csv, RoundTripsAnyText) {
    std::mt19937 random(8);
    const std::string letters("ab,\"\n\r \0", 8);
    for (int round = 0; round < 500; ++round) {
        std::vector<Fields> table(1 + random() % 4, Fields(2));
        std::string text;
        for (Fields& row : table) {
            for (std::string& field : row) {
                for (unsigned i = 0; i < random() % 6; ++i) {
                    field += letters[random() % letters.size()];
                }
            }
            text +=
                in_quotes(row[0]) + "," + in_quotes(row[1]) + (random() % 2 == 0 ? "\n" : "\r\n");
        }
        EXPECT_EQ(fields_of(text), table);
    }
}

TEST(Csv, NamesTheLineOfEachFault) {
    EXPECT_EQ(message_of("a\nb\n\"c\nd"),
              "line 3: the quote that begins here is never closed; wanted: another double quote");
    EXPECT_EQ(message_of("a\n\"b\"c\n"),
              "line 2: text follows a closing quote; wanted: a comma or the end of the line");
    EXPECT_NE(message_of("a\nb\"c\n").find("line 2: a field without quotes holds a quote"),
              std::string::npos);
    EXPECT_NE(message_of("a\rb\n"), "");
    EXPECT_NE(message_of(std::string_view("a\0b\n", 4)), "");
}

TEST(Csv, StandsAnyBytes) {
    std::mt19937 random(9);
    const std::string letters("a,\"\n\r");
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        for (unsigned i = 0; i < random() % 12; ++i) {
            text += letters[random() % letters.size()];
        }
        const auto rows = parse_csv(text);
        if (rows.ok()) {
            EXPECT_LE(rows.value().size(), text.size());
        }
    }
}

TEST(DataList, PutsRelativePathsBehindTheListsFolder) {
    const auto rows =
        read_data_list("label,note,file\nyes,x,a/b.wav\nno,,/abs.wav\n", "data/test").value();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].file, "data/test/a/b.wav");
    EXPECT_EQ(rows[0].label, "yes");
    EXPECT_EQ(rows[0].line, 2U);
    EXPECT_EQ(rows[1].file, "/abs.wav");
    EXPECT_EQ(read_data_list("file,label\na,1", "").value()[0].file, "a");
    EXPECT_EQ(read_data_list("file,label\na,1", "d/").value()[0].file, "d/a");
}

TEST(DataList, NamesTheLineOfEachFault) {
    EXPECT_EQ(list_message_of(""), "the list is empty; wanted: a header 'file,label' and rows");
    EXPECT_EQ(list_message_of("a.wav,yes\n"),
              "line 1: the header is 'a.wav,yes'; wanted: file,label");
    EXPECT_EQ(list_message_of("file,label\n"),
              "the list has a header but no rows; wanted: at least one file and its label");
    EXPECT_EQ(list_message_of("file,label\na,1\nb\n"),
              "line 3: there are 1 fields; wanted: 2, as in the header");
    EXPECT_EQ(list_message_of("file,label\n,1\n"),
              "line 2: the file name is empty; wanted: a path");
}

}  // namespace
}  // namespace verge::csv
