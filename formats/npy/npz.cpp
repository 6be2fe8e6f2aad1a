// .npz is a ZIP of .npy files; this file only joins the two.

#include "formats/npy/npz.hpp"

#include <set>
#include <string_view>

#include "formats/npy/npy.hpp"
#include "formats/npy/zip.hpp"

namespace verge::npy {
namespace {

constexpr std::string_view kSuffix = ".npy";

Done check_names_and_sizes(std::span<const ZipEntry> entries, NpzLimits limits) {
    std::set<std::string_view> names;
    std::uint64_t total = 0;
    for (const ZipEntry& entry : entries) {
        total += entry.size;
        if (!entry.name.ends_with(kSuffix)) {
            return bad_input("the archive holds '" + entry.name + "'", "nothing but .npy files");
        }
        if (!names.insert(entry.name).second) {
            return bad_input("the archive holds '" + entry.name + "' twice");
        }
    }
    if (total > limits.total_bytes) {
        return bad_input("the archive unpacks to " + std::to_string(total) + " bytes",
                         "at most " + std::to_string(limits.total_bytes));
    }
    return done();
}

Outcome<Array> read_entry(const ZipEntry& entry) {
    VERGE_ASSIGN(const std::vector<std::byte> bytes, unpack(entry));
    return read_npy(bytes);
}

}  // namespace

Outcome<std::vector<NamedArray>> read_npz(std::span<const std::byte> file, NpzLimits limits) {
    VERGE_ASSIGN(const std::vector<ZipEntry> entries, list_zip(file));
    VERGE_CHECK(check_names_and_sizes(entries, limits));
    std::vector<NamedArray> arrays;
    for (const ZipEntry& entry : entries) {
        Outcome<Array> array = read_entry(entry);
        if (!array.ok()) {
            return std::move(array).error().within("'" + entry.name + "'");
        }
        arrays.emplace_back(entry.name.substr(0, entry.name.size() - kSuffix.size()),
                            std::move(array).value());
    }
    return arrays;
}

Outcome<std::vector<std::byte>> write_npz(std::span<const NamedArray> arrays) {
    std::set<std::string_view> names;
    std::vector<ZipContent> contents;
    for (const auto& [name, array] : arrays) {
        if (!names.insert(name).second) {
            return bad_input("two arrays have the name '" + name + "'", "names that differ");
        }
        contents.push_back({name + std::string(kSuffix), write_npy(array)});
    }
    return store_zip(contents);
}

}  // namespace verge::npy
