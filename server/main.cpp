#include "app/command_line.hpp"

int main(int argc, char** argv) { return hearth::app::run(argc, argv); }
