/*
 * storeload.c - writes 100-byte values to a store of keys and values, the same way to Redis (RESP: SET) and to handler data of
 * ClusterActors (CshBBrain handshake, then text messages op=put). One thread, one loop, one kind of socket for both.
 *
 * Build:  gcc -O2 -Wall -Wextra -o storeload storeload.c
 *
 * Each connection sends --depth requests at once and the next ones when all are answered. Every reply is checked; what is not a success
 * is an error. The latency of a request runs from the send to its reply. Keys are random, or one behind the other with --count.
 * The result is one line of key=value pairs on stdout; exit status 0 = no errors.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define KEY_BYTES 16
#define VALUE_BYTES 100
#define REQUEST_MAX 256
#define INPUT_MAX 65536
#define DEPTH_MAX 256

static struct {
    const char *label;
    int port, conns, depth, pid, redis, get;
    double seconds, warmup;
    uint64_t keys, count;
} opt = { .label = "-", .conns = 1, .depth = 1, .seconds = 5, .warmup = 1, .keys = 1000000 };

struct conn {
    int fd, waiting, have;
    uint64_t sent_at, asked[DEPTH_MAX];
    uint8_t in[INPUT_MAX];
};

static struct conn *conns;
static uint64_t replies, errors, issued, measured_from;
static uint32_t *latencies;
static size_t n_latencies, room;
static char filler[VALUE_BYTES + 1];
static int ep, running;

static void die(const char *what) { perror(what); exit(2); }

static uint64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

static uint64_t rng_state = 0x9E3779B97F4A7C15ull;
static uint64_t rng(void)
{
    rng_state ^= rng_state << 13; rng_state ^= rng_state >> 7; rng_state ^= rng_state << 17;
    return rng_state;
}

/* ------------------------------------------------------ what is said -- */

/* A value tells its key, and has nothing in it that a message would have to escape. */
static void put_value(char *to, uint64_t key)
{
    memcpy(to, filler, VALUE_BYTES);
    char name[KEY_BYTES + 1];
    snprintf(name, sizeof name, "key:%012llu", (unsigned long long)key);
    memcpy(to, name, KEY_BYTES);
}

static int frame(char *to, const char *text, int n)
{
    int h = 0;
    to[h++] = (char)0x81;
    if (n < 126) to[h++] = (char)n;
    else { to[h++] = 126; to[h++] = (char)(n >> 8); to[h++] = (char)n; }
    memcpy(to + h, text, (size_t)n);
    return h + n;
}

static int request(char *to, uint64_t key)
{
    char value[VALUE_BYTES + 1] = { 0 }, text[REQUEST_MAX];
    put_value(value, key);
    if (opt.redis)
        return snprintf(to, REQUEST_MAX, "*3\r\n$3\r\nSET\r\n$%d\r\n%.*s\r\n$%d\r\n%s\r\n", KEY_BYTES, KEY_BYTES, value, VALUE_BYTES, value);
    return frame(to, text, opt.get
        ? snprintf(text, sizeof text, "op=get&key=%.*s", KEY_BYTES, value)
        : snprintf(text, sizeof text, "op=put&key=%.*s&value=%s", KEY_BYTES, value, value));
}

/* Bytes of the first reply, 0 when it is not whole yet; tells whether it is what was asked for. */
static int reply(const uint8_t *p, int n, uint64_t key, int *good)
{
    if (opt.redis) {
        const uint8_t *end = memchr(p, '\n', (size_t)n);
        if (!end) return 0;
        *good = end - p == 4 && !memcmp(p, "+OK\r\n", 5);
        return (int)(end - p) + 1;
    }
    if (n < 4) return 0;
    int length = p[1] & 127, head = 2;
    if (length == 126) { length = p[2] << 8 | p[3]; head = 4; }
    if (n < head + length) return 0;
    *good = p[0] == 0x81 && length > 5 && !memcmp(p + head, "ok=1&", 5);
    if (opt.get && *good) {
        char value[VALUE_BYTES];
        put_value(value, key);
        *good = length > VALUE_BYTES && !memcmp(p + head + length - VALUE_BYTES, value, VALUE_BYTES);
    }
    return head + length;
}

/* -------------------------------------------------------- connections -- */

static void ask(struct conn *c)
{
    static char out[DEPTH_MAX * REQUEST_MAX];
    int n = 0;
    for (c->waiting = 0; c->waiting < opt.depth && (!opt.count || issued < opt.count); c->waiting++, issued++) {
        c->asked[c->waiting] = opt.count ? issued : rng() % opt.keys;
        n += request(out + n, c->asked[c->waiting]);
    }
    if (!c->waiting) { running--; return; }
    c->sent_at = now_ns();
    if (send(c->fd, out, (size_t)n, MSG_NOSIGNAL) != n) die("send");
}

static void keep(uint64_t ns)
{
    if (n_latencies == room && !(latencies = realloc(latencies, (room = room * 2 + 65536) * sizeof *latencies))) die("realloc");
    latencies[n_latencies++] = ns > UINT32_MAX ? UINT32_MAX : (uint32_t)ns;
}

static void hear(struct conn *c)
{
    ssize_t got = recv(c->fd, c->in + c->have, sizeof c->in - (size_t)c->have, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) { fprintf(stderr, "storeload: the server has closed a connection\n"); exit(2); }
    c->have += (int)got;
    uint64_t t = now_ns();
    int at = 0;
    for (int used, good; c->waiting && (used = reply(c->in + at, c->have - at, c->asked[0], &good)) > 0; at += used) {
        memmove(c->asked, c->asked + 1, sizeof *c->asked * (size_t)(c->waiting - 1));
        c->waiting--;
        if (!good) {
            if (!errors++) fprintf(stderr, "storeload: a wrong reply: %.*s\n", used, c->in + at);
            continue;
        }
        if (!measured_from) continue;
        replies++;
        keep(t - c->sent_at);
    }
    memmove(c->in, c->in + at, (size_t)(c->have -= at));
    if (!c->waiting) ask(c);
}

static void all(struct conn *c, const char *text, const char *until)
{
    char answer[1024];
    size_t n = 0;
    if (send(c->fd, text, strlen(text), MSG_NOSIGNAL) < 0) die("send");
    for (answer[0] = 0; !strstr(answer, until); answer[n] = 0) {
        ssize_t got = n < sizeof answer - 1 ? recv(c->fd, answer + n, sizeof answer - 1 - n, 0) : 0;
        if (got <= 0) { fprintf(stderr, "storeload: not the answer that was expected: %s\n", answer); exit(2); }
        n += (size_t)got;
    }
}

static void join(struct conn *c)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)opt.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int one = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof to) < 0) die("connect");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (opt.redis) all(c, "PING\r\n", "+PONG\r\n");
    else all(c, "CshBBrain\r\nHost:127.0.0.1\r\nKey:4tAjitqO9So2Wu8lkrsq3w==\r\nProtocol:Clusters\r\n",
             "Accept:bEVeGLZrb9fS3Rj8WzExJdCsedg=\r\nProtocol:Clusters\r\n");
    struct epoll_event ev = { .events = EPOLLIN, .data.ptr = c };
    if (epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &ev) < 0) die("epoll_ctl");
}

static void pump_until(uint64_t deadline)
{
    static struct epoll_event ev[256];
    while (running && now_ns() < deadline) {
        int n = epoll_wait(ep, ev, 256, 100);
        for (int i = 0; i < n; i++) hear(ev[i].data.ptr);
    }
}

/* ------------------------------------------------------------ figures -- */

/* utime, stime and those of its children that have ended (proc(5)): Redis rewrites its log in a child. */
static double cpu_seconds(int pid)
{
    char path[64], line[1024], *p;
    unsigned long t[4] = { 0 };
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *f = pid ? fopen(path, "r") : NULL;
    if (!f) return 0;
    if (fgets(line, sizeof line, f) && (p = strrchr(line, ')')))
        sscanf(p + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %lu %lu", t, t + 1, t + 2, t + 3);
    fclose(f);
    return (double)(t[0] + t[1] + t[2] + t[3]) / (double)sysconf(_SC_CLK_TCK);
}

static double own_cpu_seconds(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static int by_size(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static double latency_us(double q) { return n_latencies ? latencies[(size_t)((double)(n_latencies - 1) * q)] / 1000.0 : 0; }

static void usage(const char *me)
{
    fprintf(stderr,
        "usage: %s -p PORT [options]\n"
        "  -c, --conns N     connections (1)              -d, --depth N    requests a connection sends at once (1)\n"
        "  -t, --seconds S   measured time (5)            -w, --warmup S   unmeasured time before (1)\n"
        "  --redis           RESP instead of PROTOCOL.md section 8\n"
        "  --get             reads instead of writes, and compares the values (not with --redis)\n"
        "  --keys N          how many keys there are (1000000)\n"
        "  --count N         so many requests, the keys one behind the other; no time limit, nothing unmeasured\n"
        "  --pid N           server pid: report its CPU       --label TEXT\n", me);
    exit(2);
}

static void parse_options(int argc, char **argv)
{
    static const struct option longs[] = {
        { "port", 1, 0, 'p' }, { "conns", 1, 0, 'c' }, { "depth", 1, 0, 'd' }, { "seconds", 1, 0, 't' }, { "warmup", 1, 0, 'w' },
        { "redis", 0, 0, 1 }, { "get", 0, 0, 2 }, { "keys", 1, 0, 3 }, { "count", 1, 0, 4 }, { "pid", 1, 0, 5 }, { "label", 1, 0, 6 }, { 0 } };
    int o;
    while ((o = getopt_long(argc, argv, "p:c:d:t:w:", longs, NULL)) != -1)
        switch (o) {
        case 'p': opt.port = atoi(optarg); break;
        case 'c': opt.conns = atoi(optarg); break;
        case 'd': opt.depth = atoi(optarg); break;
        case 't': opt.seconds = atof(optarg); break;
        case 'w': opt.warmup = atof(optarg); break;
        case 1: opt.redis = 1; break;
        case 2: opt.get = 1; break;
        case 3: opt.keys = strtoull(optarg, NULL, 10); break;
        case 4: opt.count = strtoull(optarg, NULL, 10); break;
        case 5: opt.pid = atoi(optarg); break;
        case 6: opt.label = optarg; break;
        default: usage(argv[0]);
        }
    if (opt.port < 1 || opt.conns < 1 || opt.depth < 1 || opt.depth > DEPTH_MAX || opt.keys < 1 || (opt.redis && opt.get) || optind != argc)
        usage(argv[0]);
    if (opt.count) opt.warmup = 0;
}

int main(int argc, char **argv)
{
    static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    parse_options(argc, argv);
    for (int i = 0; i < VALUE_BYTES; i++) filler[i] = LETTERS[rng() >> 58];
    rng_state ^= now_ns();
    ep = epoll_create1(EPOLL_CLOEXEC);
    conns = calloc((size_t)opt.conns, sizeof *conns);
    if (ep < 0 || !conns) die("setup");
    for (int i = 0; i < opt.conns; i++) join(&conns[i]);

    running = opt.conns;
    measured_from = opt.warmup > 0 ? 0 : now_ns();
    double cpu = cpu_seconds(opt.pid), own = own_cpu_seconds();
    for (int i = 0; i < opt.conns; i++) ask(&conns[i]);
    if (!measured_from) {
        pump_until(now_ns() + (uint64_t)(opt.warmup * 1e9));
        measured_from = now_ns(); cpu = cpu_seconds(opt.pid); own = own_cpu_seconds();
    }
    pump_until(opt.count ? UINT64_MAX : measured_from + (uint64_t)(opt.seconds * 1e9));
    double seconds = (double)(now_ns() - measured_from) / 1e9;
    cpu = cpu_seconds(opt.pid) - cpu; own = own_cpu_seconds() - own;
    qsort(latencies, n_latencies, sizeof *latencies, by_size);
    printf("label=%s conns=%d depth=%d seconds=%.2f done=%llu per_s=%.0f p50_us=%.0f p99_us=%.0f max_us=%.0f srv_cpu_us_each=%.3f "
           "srv_cpu_pct=%.0f gen_cpu_pct=%.0f errors=%llu\n", opt.label, opt.conns, opt.depth, seconds, (unsigned long long)replies,
           (double)replies / seconds, latency_us(.5), latency_us(.99), latency_us(1), replies ? cpu * 1e6 / (double)replies : 0,
           cpu / seconds * 100, own / seconds * 100, (unsigned long long)errors);
    return errors || !replies;
}
