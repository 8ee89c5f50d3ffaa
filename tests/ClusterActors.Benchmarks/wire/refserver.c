/* refserver.c - plain C epoll server, same parse and reply. usage: refserver port threads   build: gcc -O2 -pthread */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdint.h>
#include <errno.h>
#include <pthread.h>
#include <unistd.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/resource.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

struct conn { int fd, ep; uint8_t hs, want_out; uint8_t *in; size_t in_len, in_cap; uint8_t *out; size_t out_len, out_pos, out_cap; };
struct report { long action, core, rw, worker, client, clusters, local, port; };
static int nthreads, eps[16], lfd;
static volatile long sink;

static void sha1(const uint8_t *m, size_t len, uint8_t out[20]) {
    uint32_t h[5]={0x67452301,0xEFCDAB89,0x98BADCFE,0x10325476,0xC3D2E1F0}; uint8_t b[192]={0};
    size_t tot=((len+8)/64+1)*64; if(tot>sizeof b) abort(); memcpy(b,m,len); b[len]=0x80;
    for(int i=0;i<8;i++) b[tot-1-i]=(uint8_t)((uint64_t)len*8>>(8*i));
    for(size_t o=0;o<tot;o+=64){ uint32_t w[80],a=h[0],B=h[1],c=h[2],d=h[3],e=h[4];
        for(int i=0;i<16;i++) w[i]=(uint32_t)b[o+4*i]<<24|b[o+4*i+1]<<16|b[o+4*i+2]<<8|b[o+4*i+3];
        for(int i=16;i<80;i++){uint32_t x=w[i-3]^w[i-8]^w[i-14]^w[i-16]; w[i]=x<<1|x>>31;}
        for(int i=0;i<80;i++){uint32_t f,k; if(i<20)f=(B&c)|(~B&d),k=0x5A827999; else if(i<40)f=B^c^d,k=0x6ED9EBA1; else if(i<60)f=(B&c)|(B&d)|(c&d),k=0x8F1BBCDC; else f=B^c^d,k=0xCA62C1D6;
            uint32_t t=(a<<5|a>>27)+f+e+k+w[i]; e=d;d=c;c=B<<30|B>>2;B=a;a=t;}
        h[0]+=a;h[1]+=B;h[2]+=c;h[3]+=d;h[4]+=e;}
    for(int i=0;i<20;i++) out[i]=(uint8_t)(h[i/4]>>(24-8*(i%4)));
}
static void b64(const uint8_t *in,size_t n,char *out){ static const char T[]="ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"; size_t o=0;
    for(size_t i=0;i<n;i+=3){uint32_t v=in[i]<<16|(i+1<n?in[i+1]<<8:0)|(i+2<n?in[i+2]:0); out[o++]=T[v>>18&63];out[o++]=T[v>>12&63];out[o++]=i+1<n?T[v>>6&63]:'=';out[o++]=i+2<n?T[v&63]:'=';} out[o]=0; }

static void closec(struct conn *c){ close(c->fd); free(c->in); free(c->out); free(c); }
static uint8_t *outspace(struct conn *c,size_t n){ if(c->out_len+n>c->out_cap){ c->out_cap=(c->out_len+n)*2; c->out=realloc(c->out,c->out_cap);} return c->out+c->out_len; }
static void xorcpy(uint8_t *d,const uint8_t *s,size_t n,const uint8_t k[4]){ uint32_t k4; memcpy(&k4,k,4); uint64_t k8=(uint64_t)k4<<32|k4; size_t i=0;
    for(;i+8<=n;i+=8){uint64_t v; memcpy(&v,s+i,8); v^=k8; memcpy(d+i,&v,8);} for(;i<n;i++) d[i]=s[i]^k[i&3]; }
static long num(const uint8_t *p,const uint8_t *e){ long v=0; while(p<e&&*p>='0'&&*p<='9') v=v*10+*p++-'0'; return v; }
static void parse(const uint8_t *p,size_t n,struct report *r){ const uint8_t *end=p+n; memset(r,0,sizeof *r);
    while(p<end){ const uint8_t *a=memchr(p,'&',end-p); if(!a)a=end; const uint8_t *q=memchr(p,'=',a-p); if(q){ size_t kl=q-p; long v=num(q+1,a);
#define K(s,f) if(kl==sizeof(s)-1&&!memcmp(p,s,sizeof(s)-1)) r->f=v; else
        K("action",action) K("coreCount",core) K("readerWriterCount",rw) K("workerCount",worker) K("clientCount",client) K("clustersCount",clusters) K("localCount",local) K("port",port) {} }
        p=a+1; } }
static int frame(struct conn *c,uint8_t op,const uint8_t *p,size_t n,const uint8_t *key){
    static const uint8_t zero[4]; if(!key) key=zero;
    if(op==8) return -1;
    if(op==1&&n<4096){ uint8_t tmp[4096]; xorcpy(tmp,p,n,key); struct report r; parse(tmp,n,&r); if(r.action==1){ sink+=r.client; uint8_t *o=outspace(c,13); memcpy(o,"\x81\x0b" "action=1000",13); c->out_len+=13; return 0; } }
    uint8_t *o=outspace(c,n+10); size_t h=0; o[h++]=0x80|op; if(n<126)o[h++]=n; else if(n<65536){o[h++]=126;o[h++]=n>>8;o[h++]=n;} else {o[h++]=127; for(int i=7;i>=0;i--)o[h++]=(uint64_t)n>>(8*i);} 
    xorcpy(o+h,p,n,key); c->out_len+=h+n; return 0; }
static int flush(struct conn *c){ while(c->out_pos<c->out_len){ ssize_t n=send(c->fd,c->out+c->out_pos,c->out_len-c->out_pos,MSG_NOSIGNAL); if(n<0){ if(errno==EINTR)continue; if(errno==EAGAIN){ if(!c->want_out){c->want_out=1; struct epoll_event ev={.events=EPOLLOUT,.data.ptr=c}; epoll_ctl(c->ep,EPOLL_CTL_MOD,c->fd,&ev);} return 0;} return -1;} c->out_pos+=n; }
    c->out_pos=c->out_len=0; if(c->want_out){c->want_out=0; struct epoll_event ev={.events=EPOLLIN,.data.ptr=c}; epoll_ctl(c->ep,EPOLL_CTL_MOD,c->fd,&ev);} return 0; }
static long consume(struct conn *c,const uint8_t *b,size_t n){ size_t pos=0;
    if(!c->hs){ const uint8_t *p=memmem(b,n,"\r\nProtocol:",11); if(!p) return n>2000?-1:0; const uint8_t *e=memmem(p+2,n-(p+2-b),"\r\n",2); if(!e) return 0;
        if(n<11||memcmp(b,"CshBBrain\r\n",11)) return -1; const uint8_t *k=memmem(b,n,"\r\nKey:",6); if(!k) return -1; k+=6; const uint8_t *ke=memmem(k,e-k,"\r\n",2); char cat[128]; size_t kl=ke-k; if(kl>64) return -1; memcpy(cat,k,kl); memcpy(cat+kl,"258EAFA5-E914-47DA-95CA-C5AB0DC85B11",36); uint8_t d[20]; sha1((uint8_t*)cat,kl+36,d); char acc[32]; b64(d,20,acc);
        uint8_t *o=outspace(c,256); c->out_len+=sprintf((char*)o,"CshBBrain\r\nHost:127.0.0.1:9292\r\nAccept:%s\r\nProtocol:Clusters\r\n",acc); c->hs=1; pos=e+2-b; }
    while(n-pos>=2){ const uint8_t *p=b+pos; uint8_t l7=p[1]&127,m=p[1]>>7; size_t h=2+(l7==126?2:l7==127?8:0); if(n-pos<h+(m?4:0)) break; uint64_t len=l7<126?l7:0; if(l7>=126) for(size_t i=2;i<h;i++) len=len<<8|p[i]; const uint8_t *key=m?p+h:NULL; if(m)h+=4; if(len>64<<20) return -1; if(n-pos<h+len) break; if(frame(c,p[0]&15,p+h,len,key)<0) return -1; pos+=h+len; }
    return pos; }
static int readable(struct conn *c,uint8_t *buf,size_t cap){
    ssize_t n; const uint8_t *b; size_t tot;
    if(c->in_len){ if(c->in_cap-c->in_len<65536){ c->in_cap=c->in_len+131072; c->in=realloc(c->in,c->in_cap);} n=recv(c->fd,c->in+c->in_len,c->in_cap-c->in_len,0); if(n<=0) return n<0&&errno==EAGAIN?0:-1; c->in_len+=n; b=c->in; tot=c->in_len; }
    else { n=recv(c->fd,buf,cap,0); if(n<=0) return n<0&&errno==EAGAIN?0:-1; b=buf; tot=n; }
    long used=consume(c,b,tot); if(used<0) return -1; size_t rest=tot-used;
    if(rest){ if(b==buf){ if(c->in_cap<rest+65536){c->in_cap=rest+65536; c->in=realloc(c->in,c->in_cap);} memcpy(c->in,buf+used,rest);} else memmove(c->in,c->in+used,rest); } c->in_len=rest;
    return flush(c); }
static void *loop(void *a){ int me=(int)(intptr_t)a, ep=eps[me]; struct epoll_event ev[256]; size_t cap=256*1024; uint8_t *buf=malloc(cap); unsigned rr=0;
    for(;;){ int n=epoll_wait(ep,ev,256,-1); for(int i=0;i<n;i++){ struct conn *c=ev[i].data.ptr;
        if(!c){ for(;;){ int fd=accept4(lfd,0,0,SOCK_NONBLOCK|SOCK_CLOEXEC); if(fd<0) break; int one=1; setsockopt(fd,IPPROTO_TCP,TCP_NODELAY,&one,sizeof one); struct conn *k=calloc(1,sizeof *k); k->fd=fd; k->ep=eps[rr++%nthreads]; struct epoll_event e={.events=EPOLLIN,.data.ptr=k}; epoll_ctl(k->ep,EPOLL_CTL_ADD,fd,&e);} continue; }
        int r=0; if(ev[i].events&EPOLLOUT) r=flush(c); if(r==0&&(ev[i].events&(EPOLLIN|EPOLLERR|EPOLLHUP))) r=readable(c,buf,cap); if(r<0) closec(c); } } return 0; }
int main(int argc,char **argv){ (void)argc; int port=atoi(argv[1]); nthreads=atoi(argv[2]); struct rlimit rl; getrlimit(RLIMIT_NOFILE,&rl); rl.rlim_cur=rl.rlim_max; setrlimit(RLIMIT_NOFILE,&rl);
    lfd=socket(AF_INET,SOCK_STREAM|SOCK_NONBLOCK,0); int one=1; setsockopt(lfd,SOL_SOCKET,SO_REUSEADDR,&one,sizeof one); struct sockaddr_in a={.sin_family=AF_INET,.sin_port=htons(port),.sin_addr.s_addr=htonl(INADDR_LOOPBACK)}; if(bind(lfd,(void*)&a,sizeof a)||listen(lfd,4096)){perror("bind");return 1;}
    for(int i=0;i<nthreads;i++) eps[i]=epoll_create1(0); struct epoll_event e={.events=EPOLLIN,.data.ptr=NULL}; epoll_ctl(eps[0],EPOLL_CTL_ADD,lfd,&e);
    for(int i=1;i<nthreads;i++){pthread_t t; pthread_create(&t,0,loop,(void*)(intptr_t)i);} puts("READY"); fflush(stdout); loop(0); }
