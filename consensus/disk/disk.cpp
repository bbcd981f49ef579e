// What every disk does alike.
#include "consensus/disk/disk.hpp"

namespace assay::consensus {

std::string directory_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

Result<void> replace_file(Disk& disk, const std::string& path, ByteView content) {
    const std::string fresh = path + ".new";
    if (disk.exists(fresh)) {
        const auto removed = disk.remove(fresh);
        if (!removed) return removed;
    }
    auto file = disk.create(fresh);
    if (!file) return file.error();
    auto done = (*file)->write(0, content);
    if (done) done = (*file)->sync();
    if (done) done = disk.rename(fresh, path);
    if (done) done = disk.sync_directory(directory_of(path));
    return done;
}

}  // namespace assay::consensus
