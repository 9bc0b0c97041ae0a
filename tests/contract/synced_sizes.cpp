// Loaded into a redis-server (LD_PRELOAD): writes down how much of each file has been synced, "inode size" a line, since
// the rest is what a machine that loses power may not have.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace {

int synced(const char* how, int file) {
    struct stat about {};
    const bool known = ::fstat(file, &about) == 0 && S_ISREG(about.st_mode);  // what is written meanwhile may be lost
    const auto real = reinterpret_cast<int (*)(int)>(::dlsym(RTLD_NEXT, how));
    const int result = real(file);
    const char* path = std::getenv("SYNCED_SIZES");
    if (result != 0 || !known || !path) return result;
    const int list = ::open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (list < 0 || ::dprintf(list, "%llu %lld\n", static_cast<unsigned long long>(about.st_ino),
                              static_cast<long long>(about.st_size)) < 0)
        std::abort();
    ::close(list);
    return result;
}

}  // namespace

extern "C" int fsync(int file) { return synced("fsync", file); }
extern "C" int fdatasync(int file) { return synced("fdatasync", file); }
