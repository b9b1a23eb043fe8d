// Stands in for libkqueue where there is none to install: kqueue(2) and kevent(2) over epoll(7), as far as a server needs them. It is strict
// where a kernel is: a filter that is deleted must be there, and a descriptor must be open.
#include <errno.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <time.h>

struct kevent {
    uintptr_t ident;
    short filter;
    unsigned short flags;
    unsigned int fflags;
    intptr_t data;
    void *udata;
};

enum { READ = -1, WRITE = -2, ADD = 1, DELETE = 2, ERROR = 0x4000, MOST = 256 };

static unsigned watched[1 << 20]; // By descriptor: EPOLLIN, EPOLLOUT, both or none.

int kqueue(void) { return epoll_create1(EPOLL_CLOEXEC); }

static int apply(int queue, const struct kevent *change) {
    unsigned bit = change->filter == READ ? EPOLLIN : EPOLLOUT, before = watched[change->ident];
    if ((change->flags & DELETE) && !(before & bit))
        return ENOENT;
    unsigned now = change->flags & DELETE ? before & ~bit : before | bit;
    struct epoll_event event = {.events = now, .data.fd = change->ident};
    if (epoll_ctl(queue, before == 0 ? EPOLL_CTL_ADD : now == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD, change->ident, &event))
        return errno;
    watched[change->ident] = now;
    return 0;
}

int kevent(int queue, const struct kevent *changes, int nchanges, struct kevent *events, int nevents, const struct timespec *timeout) {
    int told = 0;
    for (int i = 0; i < nchanges; i++) {
        int error = apply(queue, &changes[i]);
        if (error && told == nevents) {
            errno = error;
            return -1;
        }
        if (error) {
            events[told] = changes[i];
            events[told].flags = ERROR;
            events[told++].data = error;
        }
    }
    if (told || nevents == 0)
        return told;
    struct epoll_event ready[MOST];
    int milliseconds = timeout ? timeout->tv_sec * 1000 + (timeout->tv_nsec + 999999) / 1000000 : -1;
    int count = epoll_wait(queue, ready, nevents / 2 < MOST ? nevents / 2 : MOST, milliseconds);
    for (int i = 0; i < count; i++) {
        unsigned bits = ready[i].events & (EPOLLHUP | EPOLLERR) ? EPOLLIN | EPOLLOUT : ready[i].events;
        bits &= watched[ready[i].data.fd];
        if (bits & EPOLLIN)
            events[told++] = (struct kevent){.ident = ready[i].data.fd, .filter = READ};
        if (bits & EPOLLOUT)
            events[told++] = (struct kevent){.ident = ready[i].data.fd, .filter = WRITE};
    }
    return count < 0 ? -1 : told;
}
