/*
 * A device that fails when told to, for one directory of one process: preloaded (LD_PRELOAD), so that everything above it is real.
 *
 * FAULTY_DIRECTORY   the files below it are concerned; an absolute path without links
 * FAULTY_SWITCH      a directory; while it holds a file `full`, nothing can grow (ENOSPC) and no room is left; while it holds a file
 *                    `broken`, nothing is brought to the device (EIO)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

static int is_on(const char *name) {
  const char *directory = getenv("FAULTY_SWITCH");
  char path[PATH_MAX];
  if (directory == NULL) {
    return 0;
  }
  snprintf(path, sizeof path, "%s/%s", directory, name);
  return access(path, F_OK) == 0;
}

static int is_concerned(const char *path) {
  const char *directory = getenv("FAULTY_DIRECTORY");
  return directory != NULL && strncmp(path, directory, strlen(directory)) == 0;
}

static int is_concerned_file(int file) {
  char link[64];
  char path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) {
    return 0;
  }
  path[length] = '\0';
  return is_concerned(path);
}

/* Whether a write that ends there would make the file grow while it must not; errno is what it was before, or ENOSPC. */
static int is_refused(int file, off_t end) {
  int before = errno;
  struct stat status;
  int refused = is_concerned_file(file) && is_on("full") && (fstat(file, &status) != 0 || end > status.st_size);
  errno = refused ? ENOSPC : before;
  return refused;
}

static int is_broken(int file) {
  int before = errno;
  int broken = is_concerned_file(file) && is_on("broken");
  errno = broken ? EIO : before;
  return broken;
}

ssize_t write(int file, const void *bytes, size_t count) {
  int before = errno;
  off_t position = (off_t)syscall(SYS_lseek, file, 0, SEEK_CUR);
  errno = before; /* a socket has no position */
  if (position >= 0 && is_refused(file, position + (off_t)count)) {
    return -1;
  }
  return syscall(SYS_write, file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t position) {
  return is_refused(file, position + (off_t)count) ? -1 : syscall(SYS_pwrite64, file, bytes, count, position);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t position) {
  return pwrite(file, bytes, count, (off_t)position);
}

int fallocate(int file, int mode, off_t position, off_t count) {
  return is_refused(file, position + count) ? -1 : (int)syscall(SYS_fallocate, file, mode, position, count);
}

int fallocate64(int file, int mode, off64_t position, off64_t count) {
  return fallocate(file, mode, (off_t)position, (off_t)count);
}

int fsync(int file) {
  return is_broken(file) ? -1 : (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
  return is_broken(file) ? -1 : (int)syscall(SYS_fdatasync, file);
}

int statvfs(const char *path, struct statvfs *room) {
  int (*real)(const char *, struct statvfs *) = (int (*)(const char *, struct statvfs *))dlsym(RTLD_NEXT, "statvfs");
  int result = real(path, room);
  if (result == 0 && is_concerned(path) && is_on("full")) {
    room->f_bavail = 0;
  }
  return result;
}

int statvfs64(const char *path, struct statvfs64 *room) {
  int (*real)(const char *, struct statvfs64 *) = (int (*)(const char *, struct statvfs64 *))dlsym(RTLD_NEXT, "statvfs64");
  int result = real(path, room);
  if (result == 0 && is_concerned(path) && is_on("full")) {
    room->f_bavail = 0;
  }
  return result;
}
