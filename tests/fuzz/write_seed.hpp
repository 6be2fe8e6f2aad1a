#pragma once
// For the programs that write first corpora: one file a seed.

#include <cstddef>
#include <fstream>
#include <span>
#include <string>

namespace verge::fuzz {

inline void write_seed(const std::string& folder,
                       const std::string& name,
                       std::span<const std::byte> bytes) {
    std::ofstream file(folder + "/" + name, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
}

}  // namespace verge::fuzz
