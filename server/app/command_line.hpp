// The command line of the one program, and nothing behind it.
#pragma once

namespace hearth::app {

/// Parses, runs the command it names and returns the exit status: 2 for what the operator can mend in the options.
int run(int argc, char** argv);

}  // namespace hearth::app
