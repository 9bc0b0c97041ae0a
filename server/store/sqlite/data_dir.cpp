#include "store/sqlite/data_dir.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

namespace hearth::store::sqlite {
namespace {

std::string reason(int error) { return std::generic_category().message(error); }

}  // namespace

std::filesystem::path database_file(const std::filesystem::path& data_dir) { return data_dir / "hearth.db"; }

void prepare_data_dir(const std::filesystem::path& given) {
    std::error_code problem;
    const auto data_dir = given.has_filename() ? given : given.parent_path();  // without a slash at the end
    const auto parent = data_dir.parent_path();
    if (!parent.empty()) std::filesystem::create_directories(parent, problem);
    if (::mkdir(data_dir.c_str(), 0700) != 0 && errno != EEXIST)
        throw data_error("cannot make the data directory " + data_dir.string() + ": " + reason(errno));
    if (!std::filesystem::is_directory(data_dir, problem))
        throw data_error("the data directory " + data_dir.string() + " is not a directory");
    if (::access(data_dir.c_str(), R_OK | W_OK | X_OK) != 0)
        throw data_error("cannot write to the data directory " + data_dir.string() + ": " + reason(errno));
}

bool make_private_file(const std::filesystem::path& file) {
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made >= 0) {
        ::close(made);
        return true;
    }
    if (errno == EEXIST) return false;
    throw data_error("cannot make " + file.string() + ": " + reason(errno));
}

data_lock::data_lock(const std::filesystem::path& data_dir) {
    const auto file = data_dir / "hearth.lock";
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor_ < 0) throw data_error("cannot open " + file.string() + ": " + reason(errno));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        const int problem = errno;
        std::array<char, 24> pid{};
        const auto size = ::read(descriptor_, pid.data(), pid.size() - 1);
        ::close(descriptor_);
        if (problem != EWOULDBLOCK) throw data_error("cannot lock " + file.string() + ": " + reason(problem));
        const long holder = size > 0 ? std::strtol(pid.data(), nullptr, 10) : 0;
        throw data_error("the data directory " + data_dir.string() + " is in use by a running server" +
                         (holder > 0 ? " (process " + std::to_string(holder) + ")" : ""));
    }
    // The number is a courtesy to whoever reads the message above; the lock alone decides.
    const std::string pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(descriptor_, 0) != 0 || ::write(descriptor_, pid.data(), pid.size()) < 0) {
        const int problem = errno;
        ::close(descriptor_);
        throw data_error("cannot write " + file.string() + ": " + reason(problem));
    }
}

data_lock::~data_lock() { ::close(descriptor_); }

}  // namespace hearth::store::sqlite
