module warpbeam.example/oracle

go 1.21
