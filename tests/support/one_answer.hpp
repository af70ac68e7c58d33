// A web server on this machine, for what fetches files: it gives one answer, whatever is asked, and hangs up.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace weft::test {

class OneAnswer {
public:
    explicit OneAnswer(std::string answer) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
        socklen_t size = sizeof address;
        if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), size) != 0 || ::listen(socket_, 8) != 0 ||
            ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error("no port to listen at");
        port_ = ntohs(address.sin_port);
        ::setenv("no_proxy", "127.0.0.1", 1);   // curl is behind HTSlib
        server_ = std::jthread([this, answer = std::move(answer)] {
            for (int client; (client = ::accept(socket_, nullptr, nullptr)) >= 0; ::close(client)) {
                char request[4096];
                if (::recv(client, request, sizeof request, 0) > 0) (void)::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
            }
        });
    }
    ~OneAnswer() {
        ::shutdown(socket_, SHUT_RDWR);
        server_.join();
        ::close(socket_);
    }
    OneAnswer(const OneAnswer&) = delete;
    OneAnswer& operator=(const OneAnswer&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/genome.fa"; }

private:
    int socket_;
    int port_ = 0;
    std::jthread server_;
};

/// An answer of HTTP with a content, which may be shorter than promised.
inline std::string response(const std::string& status, const std::string& content, std::size_t promised) {
    return "HTTP/1.0 " + status + "\r\nContent-Length: " + std::to_string(promised) + "\r\n\r\n" + content;
}

}  // namespace weft::test
