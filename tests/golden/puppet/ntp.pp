# Copyright 2024 The authors

# @summary Keeps a host's clock right.
#
# @param servers where the time comes from
# @param ensure whether the service runs
class ntp (
  Array[String, 1] $servers = ['0.pool.example', '1.pool.example'],
  String $ensure            = 'running',
  $package                  = 'ntp',
  Optional[Integer] $drift  = undef,
) inherits ntp::params {

  include stdlib

  # The program itself.
  package { $package:
    ensure => installed,
  }

  if $drift and $drift > 100 {
    fail('The clock drifts too fast')
  } elsif $ensure == 'stopped' {
    notify { 'The clock stands still': }
  } else {
    service { 'ntpd':
      ensure  => $ensure,
      require => Package[$package],
    }
  }

  $servers.each |$server| {
    ntp::server { $server: }
  }
}

# @summary
#   A server that the time comes from.
#
# @param options
#   **Required**.
define ntp::server (
  Integer $weight = 1,
  $port           = $ntp::params::port,
  $options,
) {
  case $options {
    'iburst': {
      $line = "server ${name} iburst"
    }
    default: {
      $line = "server ${name}"
    }
  }
  concat::fragment { "ntp_${name}":
    target  => '/etc/ntp.conf',
    content => $line,
  }
}

# Tells whether a server is one of ours.
function ntp::is_ours(String $server) {
  if $server =~ /example$/ {
    notice($server)
  }
}

type Ntp::Ensure = Enum['running', 'stopped']

# Hosts without a name of their own.
node default {
  include ntp
}

node 'clock.example' {
  notify { 'Here is the clock': }
  include ntp
}
