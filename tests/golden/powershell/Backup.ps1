Import-Module Microsoft.PowerShell.Utility

enum Level {
    Low
    High
}

# Keeps what was copied.
class Journal {
    [string] $Path

    Journal([string] $path) {
        $this.Path = $path
    }

    [void] Add([string] $line, [int] $count) {
        if ($count -gt 0 -and $line) {
            Add-Content -Path $this.Path -Value $line
        }
    }
}

<#
.SYNOPSIS
Copies a folder.

.PARAMETER Source
What to copy.
#>
function Copy-Folder {
    param(
        [Parameter(Mandatory)]
        [string] $Source,
        $Target = 'backup'
    )
    if (-not (Test-Path $Source)) {
        throw "no folder: $Source"
    } elseif ($Target -eq $Source -or $Target -eq '') {
        return
    }
    foreach ($file in Get-ChildItem $Source) {
        Copy-Item $file.FullName $Target
    }
}

# Says how much room is left.
function Get-Room($Drive) {
    switch ($Drive) {
        'C' { return 1 }
        'D' { return 2 }
    }
    while ($false) { break }
}

function Clear-All {
    try {
        Remove-Item *.tmp
    } catch {
        Write-Error $_
    }
}

function Get-Size
{
    <#
        .SYNOPSIS
        Measures a folder.
    #>
    [CmdletBinding()]
    param(
        [string] $Folder,
        [switch] $Deep
    )
    $all = Get-ChildItem $Folder -Recurse:$Deep
    return ($all | Measure-Object Length -Sum).Sum
}

function Test-Empty($Folder) {
    <# Tells whether nothing is in a folder. #>
    return (Get-Size $Folder) -eq 0
}
