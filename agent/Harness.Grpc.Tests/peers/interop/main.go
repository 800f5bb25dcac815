// The interoperability cases on grpc-go, built in GOPATH mode against Debian's packages. Usage:
//
//	interop interop_server DESCRIPTOR_SET            prints the port it listens on, then serves until stdin ends
//	interop interop_client HOST:PORT DESCRIPTOR_SET  prints a line for each case: its name and "ok", or what went wrong
package main

import (
	"fmt"
	"os"
)

const service = "grpc.testing.TestService"

func main() {
	switch {
	case len(os.Args) == 3 && os.Args[1] == "interop_server":
		serve(load(os.Args[2]))
	case len(os.Args) == 4 && os.Args[1] == "interop_client":
		callAll(os.Args[2], load(os.Args[3]))
	default:
		fmt.Fprintln(os.Stderr, "usage: interop interop_server DESCRIPTOR_SET | interop_client HOST:PORT DESCRIPTOR_SET")
		os.Exit(2)
	}
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
