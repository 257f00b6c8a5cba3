// The entry point of the unit tests, alone in its file because it is the slowest part of Catch2 to compile.
#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>  // version 3

int main(int argument_count, char* arguments[]) { return Catch::Session().run(argument_count, arguments); }
#else
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>  // version 2
#endif
