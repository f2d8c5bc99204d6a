use std::process::ExitCode;

fn main() -> ExitCode {
    sportello::main()
}
