/* One thread and libevent's loop. Each client has two buffers; what is received moves from one to the other without being copied. */
#include <arpa/inet.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A client that leaves more than this unread is not read from until it has taken it. */
enum { MOST_UNREAD = 64 * 1024 };

static void on_received(struct bufferevent *client, void *ignored)
{
    (void)ignored;
    struct evbuffer *reply = bufferevent_get_output(client);
    evbuffer_add_buffer(reply, bufferevent_get_input(client));
    if (evbuffer_get_length(reply) > MOST_UNREAD)
        bufferevent_disable(client, EV_READ);
}

static void on_sent(struct bufferevent *client, void *ended)
{
    if (ended)
        bufferevent_free(client);
    else
        bufferevent_enable(client, EV_READ);
}

static void on_event(struct bufferevent *client, short events, void *ignored)
{
    (void)ignored;
    int replies_wait = evbuffer_get_length(bufferevent_get_output(client)) > 0;
    if ((events & BEV_EVENT_EOF) && replies_wait) {
        /* It has ended its side only, and still gets every reply: then on_sent is told that this was the end. */
        bufferevent_disable(client, EV_READ);
        bufferevent_setcb(client, NULL, on_sent, on_event, client);
    } else if (events & (BEV_EVENT_EOF | BEV_EVENT_ERROR)) {
        bufferevent_free(client);
    }
}

static void on_accepted(struct evconnlistener *listener, evutil_socket_t descriptor, struct sockaddr *address, int length, void *ignored)
{
    (void)address, (void)length, (void)ignored;
    int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct bufferevent *client =
        bufferevent_socket_new(evconnlistener_get_base(listener), descriptor, BEV_OPT_CLOSE_ON_FREE);
    bufferevent_setcb(client, on_received, on_sent, on_event, NULL);
    bufferevent_enable(client, EV_READ | EV_WRITE);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s address port backlog\n", argv[0]);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(atoi(argv[2]));
    inet_pton(AF_INET, argv[1], &address.sin_addr);
    struct event_base *base = event_base_new();
    struct evconnlistener *listener = evconnlistener_new_bind(
        base, on_accepted, NULL, LEV_OPT_CLOSE_ON_FREE | LEV_OPT_REUSEABLE, atoi(argv[3]), (struct sockaddr *)&address,
        sizeof address);
    if (!listener) {
        perror("listen");
        return 1;
    }
    puts("listening");
    fflush(stdout);
    return event_base_dispatch(base);
}
