local base = import 'base.libsonnet';

// Labels that all objects have.
local labels(name, team='store') = {
  app: name,
  team: team,
};

local limit = function(cpu) if cpu > 4 || cpu < 1 then 4 else cpu;

local defaults = {
  replicas: 2,

  // Merges more settings.
  with(settings):: self + settings,
};

{
  /* A deployment of one image. */
  deployment(name, image, replicas=defaults.replicas): {
    metadata: { labels: labels(name) },
    spec: {
      replicas: replicas,
      containers: [{ image: image, cpu: limit(c) } for c in [1, 2] if c > 1],
    },
  },
}
