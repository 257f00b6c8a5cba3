// Starts a PostgreSQL server for all tests that share one, or stops it: `postgres_fixture start FILE`,
// `postgres_fixture stop FILE`. The file holds the connection string, the number of the process and its folder.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "servers/postgres_server.hpp"

using recourse::test::postgres_server;

int main(int count, char* words[]) try {
    if (count != 3) {
        std::fputs("usage: postgres_fixture start|stop FILE\n", stderr);
        return 2;
    }
    std::string const file = words[2];
    if (std::string_view{words[1]} == "start") {
        postgres_server server{{{"fsync=off", "autovacuum=off", "max_connections=60"}, true}};
        std::ofstream out{file};
        out << server.connection() << '\n' << server.process() << '\n' << server.folder() << '\n';
        out.close();
        if (!out) throw std::runtime_error{"cannot write " + file};
        server.leave();
        return 0;
    }
    std::ifstream in{file};
    std::string connection;
    std::string folder;
    pid_t process = 0;
    if (!std::getline(in, connection) || !(in >> process >> folder))
        throw std::runtime_error{file + " tells of no server"};
    postgres_server::stop_left(process, folder);
    std::filesystem::remove(file);
    return 0;
} catch (std::exception const& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
}
